import type { HandoffKind } from '../../domain/handoff/item.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Meeting } from './meeting.ts';
import { readAfter } from './read-after.ts';
import { readBefore } from './read-before.ts';
import { readIncident } from './read-incident.ts';

/** Which handoff is asked for. */
export interface MeetingAsked {
  /** Version or incident, as it was typed. */
  readonly about: string | undefined;
  readonly withPhones: boolean;
}

/** What a handoff is about, and all that is known for it. */
export async function readMeeting(
  kind: HandoffKind,
  { about, withPhones }: MeetingAsked,
  events: readonly LedgerEvent[],
  context: CliContext,
  wired: Wired,
): Promise<Meeting> {
  if (kind === 'before') return readBefore(about, events, context, wired);
  return kind === 'after'
    ? readAfter(about, events, { withPhones }, wired)
    : readIncident(about, events, wired);
}
