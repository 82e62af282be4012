import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import {
  doubtLoss,
  fillBaseline,
  goneIntegrity,
  type IntegrityAnswer,
  type IntegrityRule,
  judgeIntegrity,
  needsBaseline,
  unknownIntegrity,
  withoutJudgement,
} from '../../domain/integrity.ts';
import { countAllSql, countKeptSql, countOrphansSql, type Reference } from '../../domain/integrity-sql.ts';
import {
  type Baseline,
  type IntegrityReader,
  keyOfLargest,
  keyOfReference,
  type Orphans,
  type Query,
  type Rows,
  referencesOf,
} from './read-baseline.ts';

type Plain = Exclude<Query, Rows | Orphans>;

/** How the questions are asked again. */
export interface AskAgain {
  /** True: users have been in since, so that growth says nothing, and they may have deleted rows themselves. */
  readonly usersAreIn: boolean;
  /** False: references that PostgreSQL itself guards are not counted, because counting them every minute is a load. */
  readonly countsGuarded: boolean;
}

const IN_FULL: AskAgain = { usersAreIn: false, countsGuarded: true };

const NO_BASELINE = 'no baseline to compare with';
const GROWTH_LATER = 'how much it grew says nothing while users work';

/** The judged number; a statement that was cut off, or refused, leaves the question open and stops no other. */
async function judged(
  rule: IntegrityRule,
  before: number | undefined,
  read: () => Promise<number>,
): Promise<IntegrityAnswer> {
  try {
    return judgeIntegrity(rule, await read(), before);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const { what, why } = error.text;
    return unknownIntegrity(rule, before, why === undefined ? what : `${what.replace(/\.$/, '')}: ${why}`);
  }
}

/** Without a baseline a query that counts up to its moment has no answer, and no answer is not a good one. */
async function askPlain(
  query: Plain,
  { numbers, at }: Baseline,
  read: IntegrityReader,
  { usersAreIn }: AskAgain,
): Promise<IntegrityAnswer[]> {
  const before = numbers[query.id];
  if (at === undefined && needsBaseline(query.sql)) return [unknownIntegrity(query, before, NO_BASELINE)];
  const answer = await judged(query, before, () => read.number(fillBaseline(query.sql, at ?? 0)));
  if (!usersAreIn) return [answer];
  if (query.expect === 'within-percent') return [withoutJudgement(answer, GROWTH_LATER)];
  return [query.expect === 'not-fewer' ? doubtLoss(query, answer) : answer];
}

/** All rows there are now; a window without a limit of growth has nothing to tell. */
async function askGrowth(
  query: Rows,
  before: number,
  at: number,
  read: IntegrityReader,
  { usersAreIn }: AskAgain,
): Promise<IntegrityAnswer[]> {
  const { percent, until } = query;
  if (percent === undefined && until !== undefined) return [];
  const rule = { ...query, id: `${query.id}-growth`, title: `${query.title} in total` };
  const total = await judged({ ...rule, expect: 'within-percent' }, before, () =>
    read.number(countAllSql(query, at)),
  );
  if (!usersAreIn && percent !== undefined) return [total];
  return [withoutJudgement(total, usersAreIn ? GROWTH_LATER : 'told alone')];
}

async function askRows(
  query: Rows,
  { numbers, at }: Baseline,
  read: IntegrityReader,
  how: AskAgain,
): Promise<IntegrityAnswer[]> {
  const before = numbers[query.id];
  const largest = query.key === undefined ? 0 : numbers[keyOfLargest(query)];
  if (at === undefined || before === undefined || largest === undefined)
    return [unknownIntegrity(query, before, NO_BASELINE)];
  const kept = await judged({ ...query, expect: 'not-fewer' }, before, async () => {
    const deleted = query.deletions === undefined ? 0 : await read.number(fillBaseline(query.deletions, at));
    return deleted + (await read.number(countKeptSql(query, at, largest)));
  });
  const growth = await askGrowth(query, before, at, read, how);
  const isKnown = !how.usersAreIn || query.deletions !== undefined;
  return [isKnown ? kept : doubtLoss(query, kept), ...growth];
}

async function askReference(
  query: Orphans,
  reference: Reference,
  { numbers }: Baseline,
  read: IntegrityReader,
): Promise<IntegrityAnswer> {
  const id = keyOfReference(query, reference);
  const rule = { id, row: query.row, title: `${query.title}: ${reference.name}`, expect: 'zero' } as const;
  return judged(rule, numbers[id], () => read.number(countOrphansSql(reference)));
}

/** References that the baseline has and the database no longer: whatever lost its key since is told, and nobody counts it. */
function sayGone(query: Orphans, { numbers }: Baseline, references: readonly Reference[]): IntegrityAnswer[] {
  const there = new Set(references.map((one) => keyOfReference(query, one)));
  return Object.entries(numbers)
    .filter(([id]) => id.startsWith(`${query.id}:`) && !there.has(id))
    .map(([id, before]) => goneIntegrity({ id, row: query.row, title: query.title }, before));
}

async function askOrphans(
  query: Orphans,
  baseline: Baseline,
  read: IntegrityReader,
  { countsGuarded }: AskAgain,
): Promise<IntegrityAnswer[]> {
  const references = await referencesOf(query, read).catch((error: unknown) => {
    if (!isReleaseError(error)) throw error;
    return error;
  });
  if (references instanceof ReleaseError) return [unknownIntegrity(query, undefined, references.text.what)];
  const counted = references.filter(({ isGuarded }) => countsGuarded || !isGuarded);
  const answers = await Promise.all(counted.map((one) => askReference(query, one, baseline, read)));
  return [...answers, ...sayGone(query, baseline, references)];
}

function askOne(query: Query, baseline: Baseline, read: IntegrityReader, how: AskAgain) {
  if (query.expect === 'no-row-lost') return askRows(query, baseline, read, how);
  if (query.expect === 'no-orphans') return askOrphans(query, baseline, read, how);
  return askPlain(query, baseline, read, how);
}

/** Asks every query again after the change and compares with the baseline; one without an answer is unknown. */
export async function askIntegrity(
  queries: readonly Query[],
  baseline: Baseline,
  read: IntegrityReader,
  how: AskAgain = IN_FULL,
): Promise<readonly IntegrityAnswer[]> {
  return (await Promise.all(queries.map((query) => askOne(query, baseline, read, how)))).flat();
}
