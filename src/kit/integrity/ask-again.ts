import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import {
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
  /** True: users have been in since, so that growth says nothing any more, and they may have deleted rows themselves. */
  readonly usersAreIn: boolean;
  /** False: references that PostgreSQL itself guards are not counted, because counting them every minute is a load. */
  readonly countsGuarded: boolean;
}

const IN_FULL: AskAgain = { usersAreIn: false, countsGuarded: true };

const NO_BASELINE = 'no baseline to compare with';
const GROWTH_LATER = 'how much it grew says nothing by now';

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
  const isOpen = query.expect === 'within-percent' && usersAreIn;
  return [isOpen ? withoutJudgement(answer, GROWTH_LATER) : answer];
}

/**
 * So few rows may have been deleted by users themselves, where nobody records it: that is for people to find out, and no
 * reason to take a release back by itself.
 */
function doubtLoss({ deletions, mayDeletePercent = 0 }: Rows, answer: IntegrityAnswer): IntegrityAnswer {
  const { state, before, now, said } = answer;
  if (state !== 'broken' || before === null || now === null || deletions !== undefined) return answer;
  if (((before - now) / before) * 100 > mayDeletePercent) return answer;
  return { ...answer, state: 'unknown', said: `${said}: users may have deleted them, and nobody records it` };
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
  return [how.usersAreIn ? doubtLoss(query, kept) : kept, ...growth];
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
