import { readPayload } from '../../domain/approvals/payload.ts';
import type { SignOff } from '../../domain/approvals/sign-off.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Story } from '../../ledger/find-story.ts';
import { proveSignOffs } from '../approvals/prove-sign-offs.ts';
import type { Wired } from '../wired.ts';

function unprovenOf(event: LedgerEvent): readonly Unproven[] {
  if (event.type !== 'approval.recorded') return [];
  const payload = readPayload(event.data.approval as unknown as JsonObject);
  if (payload === undefined) return [];
  const { signature, items } = event.data;
  return [{ id: event.id, payload, items, ...(signature === undefined ? {} : { signature }) }];
}

/** Every sign-off of a story, looked at anew: what is recorded is taken for no proof. */
export const readSignOffs = ({ events }: Story, wired: Wired): Promise<readonly SignOff[]> =>
  proveSignOffs(events.flatMap(unprovenOf), wired);
