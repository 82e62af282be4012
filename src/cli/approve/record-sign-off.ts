import { ReleaseError } from '../../domain/failure.ts';
import type { Json } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { Unproven } from '../../ledger/approvals/fold-sign-offs.ts';
import { canonicalJson } from '../../ledger/digest.ts';
import { shortEvidence } from '../../report/evidence-text.ts';
import type { Wired } from '../wired.ts';

const asText = (value: unknown): string => canonicalJson(value as Json);

/** Writes a sign-off into the ledger. Throws E_LEDGER_* when it cannot, and when it would not stand there as it was signed. */
export async function recordSignOff(
  { id, payload, items, signature }: Unproven,
  wired: Wired,
): Promise<void> {
  const data = {
    version: payload.version,
    approval: payload,
    items,
    ...(signature === undefined ? {} : { signature }),
  };
  const event = await wired.ledger.note(wired.scope, { id, run: id, type: 'approval.recorded', data });
  if (event.type === 'approval.recorded' && asText(event.data) === asText(data)) return;
  // The redactor of the ledger takes what looks like a secret, also out of a comment.
  throw new ReleaseError('E_SIGN_OFF_REFUSED', {
    what: 'The sign-off does not stand in the ledger as it was signed, and counts for nothing.',
    why: 'Something in it looks like a secret.',
    next: 'Sign again with another comment.',
    state: 'untouched',
  });
}

const WORDS = { go: 0, 'no-go': 1 } as const;

/** `RECORDED GO product-owner Pat Example ssh-signed e-91c4…`, a line for logs. */
export function sayRecorded({ payload }: Unproven, outcomes: readonly string[], { runbook }: Wired): string {
  const { decision, role, person, method, evidence } = payload;
  const word = decision === 'revoked' ? 'REVOKED' : outcomes[WORDS[decision]];
  const name = runbook.people[person]?.name ?? person;
  return `  RECORDED ${word} ${role} ${oneLine(name)} ${method} ${shortEvidence(evidence)}`;
}
