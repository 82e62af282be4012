import type { LedgerEvent } from './event.ts';

/** Who commands an incident, by what was offered and accepted. Persons are keys under `people`. */
export interface Command {
  /** Undefined: nobody has passed it on yet. */
  readonly commander?: string;
  /** ISO; when they accepted it. Undefined: it was theirs from the beginning. */
  readonly since?: string;
  /** The last offer that was not accepted. `at`: ISO. */
  readonly offer?: { readonly by: string; readonly to: string; readonly at: string };
}

type Passed = Extract<LedgerEvent, { type: 'handoff.offered' | 'handoff.accepted' }>;

const isPassed = (event: LedgerEvent): event is Passed =>
  event.type === 'handoff.offered' || event.type === 'handoff.accepted';

function follow(before: Command, event: Passed): Command {
  if (event.type === 'handoff.offered') {
    const { by, to } = event.data;
    return { commander: by, ...before, offer: { by, to, at: event.at } };
  }
  // Nobody takes what was offered to somebody else: the record of another program could say so.
  if (before.offer?.to !== event.data.by) return before;
  return { commander: event.data.by, since: event.at };
}

/** Command passes with the acceptance, never with the offer: until then nobody may believe that it is another's. */
export const foldCommand = (events: readonly LedgerEvent[], subject: string): Command =>
  events
    .filter(isPassed)
    .filter(({ data }) => data.subject === subject)
    .reduce(follow, {});
