import type { Runbook } from '../../config/schema/index.ts';
import type { Plan } from '../../domain/plan.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Week } from '../../ledger/fold-week.ts';
import { isSilent } from '../../ledger/is-silent.ts';
import { isConfirmed, isLeftUnwatched } from '../../ledger/judge-week.ts';
import type { Prepared } from '../../report/prepared-text.ts';
import { signLine } from '../approvals/sign-line.ts';
import { findOwed } from '../looks/tell-unwatched.ts';
import { wayBackOn } from '../runs/ways-on.ts';
import type { Standing } from './read-standing.ts';

/** Where a run failed and by what, by its record. */
function findFailed({ entries }: RunState): readonly [at: string | undefined, code: string | undefined] {
  const [name, state] = Object.entries(entries).find(([, one]) => one.state === 'failed') ?? [];
  return [name, state?.state === 'failed' ? state.code : undefined];
}

/** An incident is commanded by somebody before anything else; what calls for a rollback is looked at as one. */
function listForIncident({ env, incident, open }: Standing): string[] {
  if (incident === undefined) return [];
  const { id, commander } = incident;
  const take = commander === undefined ? [`release handoff emergency ${id} --accept --env ${env}`] : [];
  const isOnItsWay = open !== undefined || incident.isTakenBack;
  return isOnItsWay ? take : [...take, `release rollback --to previous --plan --env ${env}`];
}

/** True while users have a version whose monitoring, or the confirmation of a rollback to it, is not over, and nobody watches. */
const isToBeWatched = (week: Week, { watch }: Standing, now: number): boolean =>
  week.completeAt === undefined &&
  !isConfirmed(week) &&
  now < week.watchedUntil &&
  (watch.begun.length === 0 || watch.ended !== undefined);

/** Nothing is open: the watch of what is live, else the release whose preflight came last. */
function listForNext(standing: Standing, runbook: Runbook, now: number): string[] {
  const { env, preflight, byLedger, isProtected, week } = standing;
  if (week !== undefined && isToBeWatched(week, standing, now))
    return [findOwed(week, { runbook, env }).next];
  const { version, call, at } = preflight ?? {};
  const isPast = byLedger !== undefined && (at ?? '') < byLedger.since;
  if (!isProtected || version === undefined || version === byLedger?.version || isPast) return [];
  const line = call === 'go' ? `release deploy ${version} --plan` : `release preflight ${version}`;
  return [`${line} --env ${env}`];
}

/** The exact command lines that go on from an open run, an incident, a release that nobody watches (ux 2.4), or to the next release. */
export function listWaysOn(standing: Standing, runbook: Runbook, now: number): string[] {
  const { env, unsynced, week, open } = standing;
  // What went past the ledger comes first: whoever goes on must know of it.
  if (unsynced !== undefined) return [`release ledger sync --env ${env}`];
  const first = listForIncident(standing);
  const more =
    open === undefined && week !== undefined && isLeftUnwatched(week, now)
      ? [findOwed(week, { runbook, env }).next]
      : listForRun(standing, now);
  const lines = [...first, ...more];
  return lines.length > 0 || open !== undefined ? lines : listForNext(standing, runbook, now);
}

/** Decisions that are waited for, and a run that did not end, or that nothing was heard of for long. */
function listForRun({ env, open, holder, waiting = [] }: Standing, now: number): string[] {
  const sign = waiting.map(({ point, version }) => signLine(point, version, env));
  if (open === undefined) return sign;
  const { plan } = open;
  const { command } = plan;
  const back = command === 'deploy' ? backOf(plan) : [];
  if (holder?.alive) {
    const takeOver = `release ${command} --resume --takeover --env ${env} --reason "…"`;
    return isSilent(holder, now) ? [...sign, takeOver, ...back] : sign;
  }
  if (command === 'rollback') return [wayBackOn(plan, ...findFailed(open))];
  const abandon = command === 'deploy' ? [`release deploy --abandon --env ${env} --reason "…"`] : [];
  return [...sign, `release ${command} --resume --env ${env}`, ...back, ...abandon];
}

const backOf = ({ from, version, env }: Plan): string[] =>
  from === '' || from === version ? [] : [`release rollback --to ${from} --env ${env}`];

/** A preparation that is half way is gone on with; what is prepared and was asked about nowhere yet begins with its preflight. */
export const listFirstChecks = (
  { versions, open }: Pick<Prepared, 'versions' | 'open'>,
  standings: readonly Standing[],
): string[] => {
  const half =
    open === undefined ? [] : ['release prepare --resume', 'release prepare --abandon --reason "…"'];
  const known = new Set(standings.flatMap(({ preflight, open }) => [preflight?.version, open?.plan.version]));
  return [
    ...half,
    ...versions.flatMap(({ version }) => (known.has(version) ? [] : [`release preflight ${version}`])),
  ];
};
