import { sayDuration } from '../../../src/domain/duration.ts';
import { plural } from '../../../src/domain/plural.ts';
import type { Judgement } from '../../../src/kit.ts';
import { blockingOf, recordFile, sayFile } from './tell-file.ts';
import type { Trial } from './trial.ts';

/** A rehearsal, and what it found of earlier ones. */
export interface Rehearsal {
  readonly branch: string;
  readonly trial: Trial;
  /** Branches of killed rehearsals: those that were deleted, and those that could not be. */
  readonly removed: readonly string[];
  readonly left: readonly string[];
}

const MOST_TOLD = 3;
/** The ledger keeps two thousand characters of evidence; files beyond this say nothing to the plan. */
const MOST_RECORDED = 10;

const REMEDY: Record<Trial['problems'][number]['stage'], string> = {
  up: 'Correct the file in the release branch; production would have refused it in the same way.',
  down: 'Correct the rollback script, so that the schema afterwards is the one before.',
  again: 'Make the rollback script take everything back, so that the file can run a second time.',
  data: 'Look at the statements that delete or change rows, and at the query that counted them.',
};

const joined = (all: readonly string[]): string =>
  all.length <= MOST_TOLD
    ? all.join('; ')
    : `${all.slice(0, MOST_TOLD).join('; ')}; ${all.length - MOST_TOLD} more`;

const evidenceOf = ({ branch, trial, removed, left }: Rehearsal): Judgement['evidence'] => ({
  branch,
  files: trial.files.slice(0, MOST_RECORDED).map(recordFile),
  before: trial.before,
  ...(trial.after === undefined ? {} : { after: trial.after }),
  ...(removed.length === 0 ? {} : { removed: removed.slice(0, MOST_TOLD) }),
  ...(left.length === 0 ? {} : { left: left.slice(0, MOST_TOLD) }),
});

const sayRemoved = (removed: readonly string[]): string[] =>
  removed.length === 0 ? [] : [`deleted what a killed rehearsal left: ${removed.join(', ')}`];

function sayReturn({ files, oneWay }: Trial): string {
  if (oneWay.length === 0) return 'up, down and up again alike';
  const stays = `${oneWay.join(', ')} cannot be taken back`;
  return oneWay.length === files.length ? stays : `${stays}, the rest up, down and up again alike`;
}

/** Reasons to look twice; none of them stops a release. */
function warningsOf({ trial, left }: Rehearsal, longestMs: number): readonly string[] {
  const slow = trial.files.flatMap((file) => {
    const blocking = blockingOf(file);
    return blocking !== undefined && blocking.heldMs > longestMs ? [file.tag] : [];
  });
  return [
    ...(slow.length === 0
      ? []
      : [
          `${slow.join(', ')}: users wait longer than ${sayDuration(longestMs)}; keep them out, or split the change.`,
        ]),
    ...(trial.oneWay.length === 0
      ? []
      : ['A rollback keeps this schema; make sure the old code can live with it.']),
    ...(left.length === 0 ? [] : [`Delete in the Neon console: ${left.join(', ')}.`]),
  ];
}

/** The judgement of a rehearsal; `longestMs` is how long a lock may keep users waiting without a warning. */
export function judgeTrial(rehearsal: Rehearsal, longestMs: number): Judgement {
  const { trial, removed } = rehearsal;
  const evidence = evidenceOf(rehearsal);
  const about = [trial.before, trial.after ?? '', trial.problems.map(({ said }) => said)];
  const [problem] = trial.problems;
  if (problem !== undefined)
    return {
      outcome: 'fail',
      said: joined(trial.problems.map(({ said }) => said)),
      remedy: REMEDY[problem.stage],
      ...(evidence === undefined ? {} : { evidence }),
      about,
    };
  const said = [joined(trial.files.map(sayFile)), sayReturn(trial), ...sayRemoved(removed)].join('; ');
  const warnings = warningsOf(rehearsal, longestMs);
  const told = { said, ...(evidence === undefined ? {} : { evidence }), about };
  return warnings.length === 0
    ? { outcome: 'pass', ...told }
    : { outcome: 'warn', ...told, remedy: warnings.join(' ') };
}

/** For a release without pending files. */
export const nothingPending = (applied: number): Judgement => ({
  outcome: 'pass',
  said: `nothing is pending (${plural(applied, 'migration')} applied), so nothing was rehearsed`,
});
