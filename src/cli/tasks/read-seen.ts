import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dateAt } from '../../domain/calendar/dates.ts';
import type { Sight } from '../../domain/tasks/task-spec.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findFix, isFixOf } from '../../ledger/find-fix.ts';
import { findIncident, type Incident } from '../../ledger/find-incident.ts';
import type { TaskList } from '../../ledger/fold-tasks.ts';
import { judgeActions } from '../../report/postmortem/action-items.ts';
import { listOpen } from '../../report/postmortem/document.ts';
import { judgePerformance } from '../../report/postmortem/judge-performance.ts';
import { listKept } from '../../report/postmortem/list-kept.ts';
import { readDecision } from '../approvals/read-decision.ts';
import { placeDocument } from '../postmortem/place-document.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import type { Wired } from '../wired.ts';

const TOLD: Readonly<Record<string, Sight>> = {
  'incident-report': 'report-sent',
  'engineering-update': 'engineering-told',
};

/** As `release postmortem` puts it into the document. */
const PICTURE = /!\[Errors and P95[^\]]*\]\(<([^>]+)>\)/;

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
  const [, picture] = PICTURE.exec(text) ?? [];
  const isKept = picture !== undefined && existsSync(join(root, dirname(shown), picture));
  const today = dateAt(clock.now().getTime(), runbook.timezone);
  const isComplete = listOpen(text).length === 0 && judgeActions(text, today).length === 0;
  return [
    ['postmortem-written', shown],
    ...(isKept ? ([['measurements-kept', `${picture} beside ${shown}`]] as const) : []),
    ...(isComplete ? ([['postmortem-complete', shown]] as const) : []),
  ];
}

/** A letter to stakeholders and the word to engineering, once they left and reached somebody. */
function seeMessages({ rollback }: Incident, own: readonly LedgerEvent[]): Seen {
  const versions = [rollback.plan.from, rollback.plan.version];
  return own.flatMap(({ type, at, data }): Seen => {
    if (type !== 'message.sent' || at < rollback.startedAt || !versions.includes(data.version)) return [];
    const sight = TOLD[data.template];
    const left = data.sent.filter(({ transport }) => transport !== 'file');
    if (sight === undefined || left.length === 0) return [];
    return [[sight, `${data.template}, sent by ${data.by} at ${at}`]];
  });
}

type Signed = Extract<LedgerEvent, { type: 'approval.recorded' }>;

/** The acceptance of a version above the bad one, proven anew with what it was signed on (PIR-22). */
async function seeAccepted(list: TaskList, own: readonly LedgerEvent[], wired: Wired): Promise<Seen> {
  const last = own.findLast(
    (event): event is Signed =>
      event.type === 'approval.recorded' &&
      event.at >= list.since &&
      event.data.approval.point === 'acceptance' &&
      event.data.approval.decision === 'go' &&
      isFixOf(event.data.version, list.about),
  );
  if (last === undefined) return [];
  const { version, items } = last.data;
  const asked = { point: 'acceptance', version, run: '', evidence: makeEvidence(items) } as const;
  const state = await readDecision(asked, own, wired);
  return state?.isComplete === true ? [['fix-accepted', `acceptance of ${version} is signed`]] : [];
}

function seeIncident(incident: Incident, own: readonly LedgerEvent[], wired: Wired): Seen {
  const compared = judgePerformance(incident);
  return [
    ...seeDocument(incident, wired),
    ...seeMessages(incident, own),
    ...(compared === undefined ? [] : ([['performance-kept', compared]] as const)),
  ];
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
    ...(incident === undefined ? [] : seeIncident(incident, own, wired)),
    ...(await seeAccepted(list, own, wired)),
  ]);
}
