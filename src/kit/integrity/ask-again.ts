import {
  doubtLoss,
  fillBaseline,
  type IntegrityAnswer,
  needsBaseline,
  unknownIntegrity,
  withoutJudgement,
} from '../../domain/integrity.ts';
import { countAllSql, countKeptSql } from '../../domain/integrity-sql.ts';
import { askOrphans } from './ask-orphans.ts';
import { judged } from './judged.ts';
import {
  type Baseline,
  type IntegrityReader,
  keyOfLargest,
  type Orphans,
  type Query,
  type Rows,
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

function askOne(query: Query, baseline: Baseline, read: IntegrityReader, how: AskAgain) {
  if (query.expect === 'no-row-lost') return askRows(query, baseline, read, how);
  if (query.expect === 'no-orphans') return askOrphans(query, baseline, read, how.countsGuarded);
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
