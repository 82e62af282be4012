import type { HandoffKind } from '../../domain/handoff/item.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Meeting } from './meeting.ts';
import { readAfter } from './read-after.ts';
import { readBefore } from './read-before.ts';
import { readIncident } from './read-incident.ts';

/** What a handoff is about, and all that is known for it. */
export async function readMeeting(
  kind: HandoffKind,
  typed: string | undefined,
  events: readonly LedgerEvent[],
  context: CliContext,
  wired: Wired,
): Promise<Meeting> {
  if (kind === 'before') return readBefore(typed, events, context, wired);
  return kind === 'after' ? readAfter(typed, events, wired) : readIncident(typed, events, wired);
}
