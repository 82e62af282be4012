import type { Path } from '../place.ts';
import type { Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

const unless = (isRight: boolean, path: Path, message: string): Remark[] =>
  isRight ? [] : [{ path, message }];

function checkLimits({ thresholds, budgets }: Runbook): Remark[] {
  const { parity, tls } = thresholds;
  return [
    ...unless(parity.noGo <= parity.go, ['thresholds', 'parity', 'noGo'], 'noGo must not be above go'),
    ...unless(
      tls.failDays <= tls.warnDays,
      ['thresholds', 'tls', 'failDays'],
      'failDays must not be above warnDays',
    ),
    ...Object.entries(budgets).flatMap(([name, { p95Ms, maxMs }]) =>
      unless(
        maxMs === undefined || maxMs >= p95Ms,
        ['budgets', name, 'maxMs'],
        'maxMs must not be below p95Ms',
      ),
    ),
  ];
}

function checkClocks({ severities }: Runbook): Remark[] {
  return Object.entries(severities ?? {}).flatMap(([level, { startWithinMinutes, doneWithinMinutes }]) =>
    unless(
      (startWithinMinutes ?? 0) <= (doneWithinMinutes ?? Number.POSITIVE_INFINITY),
      ['severities', level, 'doneWithinMinutes'],
      'a rollback cannot be done before it must start',
    ),
  );
}

/** Parts of a question that are SQL, by their key. */
function textsOf(query: Runbook['integrity'][number]): readonly (readonly [string, string])[] {
  if (query.expect === 'no-orphans') return [];
  if (query.expect !== 'no-row-lost') return [['sql', query.sql]];
  const { where = '', deletions = '' } = query;
  return [
    ['where', where],
    ['deletions', deletions],
  ];
}

function checkIntegrity({ integrity }: Runbook): Remark[] {
  const ids = integrity.map((query) => query.id);
  return integrity.flatMap((query, i) => [
    ...unless(ids.indexOf(query.id) === i, ['integrity', i, 'id'], `two queries are named "${query.id}"`),
    ...unless(
      query.expect !== 'within-percent' || query.percent !== undefined,
      ['integrity', i, 'expect'],
      'within-percent needs percent',
    ),
    ...unless(
      query.expect !== 'no-row-lost' || query.key === undefined || query.until === undefined,
      ['integrity', i, 'until'],
      'key and until exclude each other',
    ),
    ...textsOf(query).flatMap(([key, text]) =>
      [...text.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) =>
        unless(name === 'baseline', ['integrity', i, key], `{${name}} is not known; {baseline} is`),
      ),
    ),
  ]);
}

/** Numbers that contradict each other. */
export const checkNumbers = (runbook: Runbook): Remark[] => [
  ...checkLimits(runbook),
  ...checkClocks(runbook),
  ...checkIntegrity(runbook),
];
