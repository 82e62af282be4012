import type { LedgerEvent } from './event.ts';
import type { OpenIncident } from './list-incidents.ts';

/**
 * Who commands an incident, by what it began with, what was offered and what was accepted. Persons are keys
 * under `people`, where they stand there.
 */
export interface Command {
  /** Undefined: nobody has taken it. */
  readonly commander?: string;
  /** ISO; when they took it. Undefined: they have passed it on, and nothing says since when it was theirs. */
  readonly since?: string;
  /** The last offer that was not accepted. `at`: ISO. */
  readonly offer?: { readonly by: string; readonly to: string; readonly at: string };
}

type Passed = Extract<LedgerEvent, { type: 'handoff.offered' | 'handoff.accepted' }>;

const isPassed = (event: LedgerEvent): event is Passed =>
  event.type === 'handoff.offered' || event.type === 'handoff.accepted';

/** It is taken by whom it was offered to, or by anybody while nobody has it: the record of another program could say more. */
const mayTake = ({ commander, offer }: Command, person: string): boolean =>
  offer === undefined ? commander === undefined : offer.to === person;

function follow(before: Command, event: Passed): Command {
  if (event.type === 'handoff.offered') {
    const { by, to } = event.data;
    return { commander: by, ...before, offer: { by, to, at: event.at } };
  }
  return mayTake(before, event.data.by) ? { commander: event.data.by, since: event.at } : before;
}

type Begun = Pick<OpenIncident, 'id' | 'taken'>;

const firstOf = ({ taken }: Begun, keyOf: (actor: string) => string): Command =>
  taken === undefined ? {} : { commander: keyOf(taken.by), since: taken.at };

const listPassed = (events: readonly LedgerEvent[], { id }: Begun): readonly Passed[] =>
  events.filter(isPassed).filter(({ data }) => data.subject === id);

/**
 * Who declares an incident or begins its rollback commands it, until somebody else accepts. Command passes with the acceptance, never
 * with the offer: until then nobody may believe that it is another's. `keyOf`: how the runbook calls an actor of the ledger.
 */
export function foldCommand(
  events: readonly LedgerEvent[],
  incident: Begun,
  keyOf: (actor: string) => string,
): Command {
  return listPassed(events, incident).reduce<Command>(follow, firstOf(incident, keyOf));
}

/** Everybody who has commanded it, oldest first, each with the moment from which on. */
export function listCommand(
  events: readonly LedgerEvent[],
  incident: Begun,
  keyOf: (actor: string) => string,
): readonly Command[] {
  const all = [firstOf(incident, keyOf)];
  for (const event of listPassed(events, incident)) all.push(follow(all.at(-1) ?? {}, event));
  return all.filter(({ commander }, i) => commander !== undefined && commander !== all[i - 1]?.commander);
}
