import type { JsonObject } from '../../domain/json.ts';
import type { Plan } from '../../domain/plan.ts';
import { plural } from '../../domain/plural.ts';
import type { DatedPlan } from '../../domain/prepare/lay-out-days.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { bareVersion } from '../../domain/version.ts';
import { type PrepareStory, sayChanges } from '../../report/prepare-text.ts';
import type { Wired } from '../wired.ts';
import type { Base } from './find-base.ts';
import type { Made } from './make-recipe.ts';
import type { Range } from './read-range.ts';
import { describeRange, tellRange } from './tell-range.ts';

/** All that is known before somebody agrees. */
export interface Preparation {
  readonly base: Base;
  readonly made: Made;
  readonly plan: Plan;
  readonly dated: DatedPlan | undefined;
  readonly range: Range;
  readonly warnings: readonly string[];
}

const short = (sha: string): string => sha.slice(0, 7);

type Line = readonly [string, string];

function sayFrom({ base, made }: Preparation): Line {
  const { before, baseName } = base;
  const count = made.candidate.history.length;
  const since = before === undefined ? 'in all: nothing was released before' : `since ${before.version}`;
  return [
    'from',
    `${baseName} @ ${short(base.base)}, ${plural(count, 'commit')} ${since}: ${sayChanges(made.candidate.changes)}`,
  ];
}

function sayMain({ made }: Preparation, main: string): readonly Line[] {
  const { join } = made.recipe;
  const back = made.candidate.broughtBack.map((sha): Line => ['brings', `back what ${short(sha)} took out`]);
  if (join === null) return back;
  const over = made.notFollowed.map(({ sha, subject }) => `${short(sha)} "${oneLine(subject, 40)}"`);
  const passed = over.length === 0 ? '' : `; ${over.join(', ')} took changes back and is not followed`;
  return [
    ['joins', `${main} @ ${short(join.main)}, so that merging gives what was tested${passed}`],
    ...back,
  ];
}

const sayFiles = ({ made }: Preparation): readonly Line[] =>
  made.candidate.bump.files.map(({ path, from, isChanged }, i): Line => {
    const to = bareVersion(made.recipe.version);
    return [
      i === 0 ? 'files' : '',
      isChanged ? `${path}  ${from.join(', ')} → ${to}` : `${path}  ${to} already`,
    ];
  });

function sayChangelog({ made }: Preparation, file: string): Line {
  const { section } = made.candidate;
  const says =
    section === undefined ? 'has a section already, which stays' : `+${section.split('\n').length + 1} lines`;
  return ['changelog', `${file}  ${says}`];
}

/** The preparation for people. */
export function tellPreparation(preparation: Preparation, { runbook }: Wired): PrepareStory {
  const { base, made, plan, dated, range, warnings } = preparation;
  const { branchName, tip } = base;
  const { source } = runbook;
  const where = tip === undefined ? 'new' : `at ${short(tip)}`;
  const announced = plan.entries
    .filter(({ name }) => name === 'announce')
    .map(({ title }): Line => ['message', title]);
  return {
    version: made.recipe.version,
    sandbox: runbook.sandbox,
    service: runbook.product,
    lines: [
      sayFrom(preparation),
      ...sayMain(preparation, source.main),
      ['branch', `${branchName} (${where})`],
      ...sayFiles(preparation),
      sayChangelog(preparation, source.changelog),
      ['tag', `${made.recipe.name}, annotated, at ${short(made.candidate.commit)}`],
      ['push', `${source.remote}: ${branchName} and ${made.recipe.name}, both or neither`],
      ...announced,
      ...tellRange(range),
    ],
    warnings,
    section: made.candidate.section,
    dated,
    zone: runbook.window?.zone ?? runbook.timezone,
  };
}

/** The same for machines. */
export function describePreparation({ base, made, dated, range, warnings }: Preparation): JsonObject {
  const { recipe, candidate } = made;
  const count = (kind: string): number => candidate.changes.changes.filter((one) => one.kind === kind).length;
  return {
    branch: base.branchName,
    base: base.base,
    since: base.before?.version ?? null,
    sha: candidate.commit,
    tag: recipe.name,
    files: candidate.bump.files.map(({ path, from, isChanged }) => ({
      path,
      from: [...from],
      to: bareVersion(recipe.version),
      changed: isChanged,
    })),
    changelog: candidate.section ?? null,
    commits: {
      breaking: count('breaking'),
      features: count('features'),
      fixes: count('fixes'),
      other: count('other'),
      untyped: candidate.changes.untyped,
      takenBack: candidate.changes.takenBack.length,
    },
    migrations: describeRange(range),
    joins: recipe.join,
    notFollowed: made.notFollowed.map(({ sha }) => sha),
    broughtBack: [...candidate.broughtBack],
    day: dated?.day ?? null,
    days: (dated?.rows ?? []).map((row) => ({ ...row })),
    warnings: [...warnings],
  };
}
