import { minutes, sayDuration } from '../../domain/duration.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import type { Command } from '../../ledger/fold-command.ts';
import { listCalls } from '../../report/list-calls.ts';
import { sayClock } from '../../report/messages/times.ts';
import type { Wired } from '../wired.ts';

/** How long an offer is waited for before somebody else is called. */
const PATIENCE_MS = minutes(5);

/** The next of the escalation path who is neither of the two. */
function findNext(names: readonly string[], { runbook, env, clock }: Wired): string | undefined {
  return listCalls(runbook, env, clock.now(), false).find(({ name, away }) => !away && !names.includes(name))
    ?.name;
}

/** HOE-19: who commands, and what was offered and not accepted yet. */
export function proveCommand({ commander, since, offer }: Command, incident: string, wired: Wired): Proof {
  const { runbook, clock } = wired;
  const zone = runbook.timezone;
  const nameOf = (person: string): string => runbook.people[person]?.name ?? person;
  const from = 'ledger';
  const giving = `release handoff emergency ${incident} --to <person>`;
  if (commander === undefined)
    return {
      ...{ state: 'unknown', said: 'nobody has taken command on record', from },
      next: `release handoff emergency ${incident} --accept takes it`,
    };
  const until = since === undefined ? '' : ` since ${sayClock(since, zone)}`;
  if (offer === undefined)
    return { state: 'holds', said: `${nameOf(commander)}${until}`, from, mark: commander };
  const waited = clock.now().getTime() - Date.parse(offer.at);
  const next = waited < PATIENCE_MS ? undefined : findNext([nameOf(commander), nameOf(offer.to)], wired);
  const late = waited < PATIENCE_MS ? '' : `; no answer for ${sayDuration(waited)}`;
  return {
    state: 'not',
    said: `${nameOf(commander)} still${until}: offered to ${nameOf(offer.to)} at ${sayClock(offer.at, zone)}${late}`,
    from,
    mark: `${commander} ${offer.to}`,
    next:
      next === undefined
        ? `${nameOf(offer.to)}: release handoff emergency ${incident} --accept`
        : `call ${next}: ${giving}`,
  };
}
