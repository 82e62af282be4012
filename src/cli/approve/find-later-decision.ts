import type { DecisionPoint } from '../../domain/decision-point.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { findLive, findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { readBeforeSecond, sayBeside, sayUnreviewed } from '../approvals/read-reviews.ts';
import { commitOf, makeRunEvidence } from '../approvals/run-evidence.ts';
import type { Wired } from '../wired.ts';
import type { DecisionAtHand } from './decision-at-hand.ts';
import { refuseEarly } from './refuse-early.ts';

const nothingRuns = (point: number): ReleaseError =>
  new ReleaseError('E_DECISION_CLOSED', {
    what: `There is no release that decision ${point} could be about.`,
    why: 'It is about a deploy that is under way, or about the release that users have.',
    next: 'release status shows both.',
    state: 'untouched',
  });

/** Decision 2 comes while a deploy is under way, and may be given after it; the later ones when users have the release. */
export function findDecided(point: number, runs: readonly RunState[]): RunState | undefined {
  const open = point === 2 ? findOpenRun(runs) : undefined;
  if (open?.plan.command === 'deploy') return open;
  const live = findLive(runs)?.run;
  return runs.find(({ run, plan }) => run === live && plan.command === 'deploy');
}

const saySmoke = ({ entries }: RunState): string =>
  entries['gate-smoke']?.state === 'done' ? 'the smoke tests say go' : 'the smoke tests do not say go';

/** Decisions 2 to 4. Throws E_DECISION_CLOSED where nothing is under way or live, E_ARGUMENTS before its moment. */
export async function findLaterDecision(
  point: 2 | 3 | 4,
  typed: string | undefined,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<Omit<DecisionAtHand, 'title' | 'outcomes'>> {
  const run = findDecided(point, foldRuns(events));
  if (run === undefined) throw nothingRuns(point);
  const { version } = run.plan;
  const isOther = typed !== undefined && parseReleaseVersion(typed) !== version;
  refuseEarly(String(point) as DecisionPoint, run, events, wired);
  const evidence = makeRunEvidence(point, run, events);
  const before = point === 2 ? await readBeforeSecond(run, events, wired) : [];
  const standing = evidence.items.find(({ key }) => key === 'standing')?.says;
  return {
    ...{ point, version, commit: commitOf(run), run: run.run, deployer: run.actor, evidence },
    about: point === 2 ? saySmoke(run) : `the rules stand at: ${standing}`,
    warnings: sayBeside(before, wired),
    ...sayUnreviewed(before, version, wired),
    ...(isOther ? { closed: `it is about ${version} now` } : {}),
  };
}
