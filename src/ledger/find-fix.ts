import type { Sight } from '../domain/tasks/task-spec.ts';
import { compareReleases, readVersion } from '../domain/version.ts';
import type { LedgerEvent } from './event.ts';
import { foldRuns, type RunState } from './fold.ts';

/** Where a fix leaves its traces. */
export interface FixRecords {
  /** Of the environment that was rolled back. */
  readonly own: readonly LedgerEvent[];
  /** Of the others. */
  readonly elsewhere: readonly LedgerEvent[];
  /** Of preparations. */
  readonly prepared: readonly LedgerEvent[];
}

type Decided = Extract<LedgerEvent, { type: 'gate.decided' }>;

interface Asked {
  readonly isFix: (version: string | undefined) => boolean;
  /** ISO. */
  readonly since: string;
}

const findRun = (
  events: readonly LedgerEvent[],
  command: 'deploy' | 'prepare',
  { isFix, since }: Asked,
): RunState | undefined =>
  foldRuns(events).find(
    ({ plan, end, endedAt = '' }) =>
      plan.command === command && end === 'completed' && endedAt >= since && isFix(plan.version),
  );

const hasPassed = (event: Decided, check: string): boolean =>
  event.data.findings?.some(
    (one) => one.check === check && one.outcome === 'pass' && one.waived === undefined,
  ) === true;

/** A version above the bad one is meant to mend it (E-90). */
export const isFixOf = (version: string | undefined, bad: string): boolean =>
  readVersion(version ?? '') !== undefined &&
  readVersion(bad) !== undefined &&
  compareReleases(version ?? '', bad) > 0;

/**
 * What the ledgers show of a version above `bad` since `since` (ISO), each with its trace in words. Whether it mends the cause, no
 * ledger knows: the version after a bad one is meant to (E-90).
 */
export function findFix(records: FixRecords, bad: string, since: string): ReadonlyMap<Sight, string> {
  const isFix = (version: string | undefined): boolean => isFixOf(version, bad);
  const asked = { isFix, since };
  const gates = [...records.own, ...records.elsewhere].filter(
    (event): event is Decided =>
      event.type === 'gate.decided' &&
      event.data.gate === 'preflight' &&
      event.at >= since &&
      isFix(event.data.version),
  );
  const go = gates.find(({ data }) => data.call === 'go' && data.part !== true);
  const rehearsed = gates.find((event) => hasPassed(event, 'migrations.rehearsal'));
  const measured = gates.find((event) => hasPassed(event, 'tests.performance'));
  const prepared = findRun(records.prepared, 'prepare', asked);
  const staged = findRun(records.elsewhere, 'deploy', asked);
  const released = findRun(records.own, 'deploy', asked);
  const seen: readonly (readonly [Sight, string | undefined])[] = [
    ['fix-passed', go && `the preflight of ${go.data.version} said GO`],
    ['fix-rehearsed', rehearsed && `rehearsed in the preflight of ${rehearsed.data.version}`],
    ['fix-measured', measured && `measured for the preflight of ${measured.data.version}`],
    ['fix-prepared', prepared && `${prepared.plan.version} is prepared, run ${prepared.run}`],
    ['fix-on-staging', staged && `${staged.plan.version} is on ${staged.plan.env}, run ${staged.run}`],
    ['fix-released', released && `${released.plan.version} is released, run ${released.run}`],
  ];
  return new Map(seen.flatMap(([sight, said]) => (said === undefined ? [] : [[sight, said]])));
}
