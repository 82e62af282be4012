import { dateAt } from '../../domain/calendar/dates.ts';
import type { Sight } from '../../domain/tasks/task-spec.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findFix } from '../../ledger/find-fix.ts';
import { findIncident, type Incident } from '../../ledger/find-incident.ts';
import type { TaskList } from '../../ledger/fold-tasks.ts';
import { judgeActions } from '../../report/postmortem/action-items.ts';
import { listOpen } from '../../report/postmortem/document.ts';
import { listKept } from '../../report/postmortem/list-kept.ts';
import { placeDocument } from '../postmortem/place-document.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import type { Wired } from '../wired.ts';

type Seen = readonly (readonly [Sight, string])[];

/** Scopes of the other environments whose ledger is this one. */
const listElsewhere = ({ env, environment, runbook }: Wired): readonly string[] =>
  Object.entries(runbook.environments)
    .filter(
      ([name, one]) => name !== env && JSON.stringify(one.ledger) === JSON.stringify(environment.ledger),
    )
    .map(([name]) => `${runbook.service}/${name}`);

/** The postmortem as it lies on this machine. */
function seeDocument({ rollback }: Incident, { root, runbook, clock }: Wired): Seen {
  const { run, startedAt, plan } = rollback;
  const { text, shown } = placeDocument(
    root,
    { run, startedAt, bad: plan.from },
    runbook.timezone,
    undefined,
  );
  if (text === undefined) return [];
  const today = dateAt(clock.now().getTime(), runbook.timezone);
  const isComplete = listOpen(text).length === 0 && judgeActions(text, today).length === 0;
  return [['postmortem-written', shown], ...(isComplete ? ([['postmortem-complete', shown]] as const) : [])];
}

/** What this machine and the ledgers show of the tasks of a list, by what they can be seen by. Asks no vendor. */
export async function readSeen(
  list: TaskList,
  own: readonly LedgerEvent[],
  wired: Wired,
): Promise<ReadonlyMap<Sight, string>> {
  const { ledger } = wired;
  const incident = findIncident(own, list.of);
  const others = await Promise.all(listElsewhere(wired).map((scope) => ledger.read(scope)));
  const records = { own, elsewhere: others.flat(), prepared: await ledger.read(inOwnScope(wired).scope) };
  const runs = [incident?.deploy, incident?.rollback].flatMap((run) => run ?? []);
  const kept = listKept(runs);
  return new Map<Sight, string>([
    ...findFix(records, list.about, list.since),
    ...(kept.length === 0 ? [] : ([['database-kept', `branch ${kept.join(', ')}`]] as const)),
    ...(incident === undefined ? [] : seeDocument(incident, wired)),
  ]);
}
