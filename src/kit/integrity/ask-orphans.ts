import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import {
  goneIntegrity,
  type IntegrityAnswer,
  leftOutIntegrity,
  unknownIntegrity,
} from '../../domain/integrity.ts';
import {
  countColumnsSql,
  countOrphansSql,
  isSameReference,
  type Reference,
} from '../../domain/integrity-sql.ts';
import { judged } from './judged.ts';
import {
  type Baseline,
  type IntegrityReader,
  keyOfReference,
  type Orphans,
  referencesOf,
} from './read-baseline.ts';

const ruleOf = (query: Orphans, reference: Reference) =>
  ({
    id: keyOfReference(query, reference),
    row: query.row,
    title: `${query.title}: ${reference.name}`,
    expect: 'zero',
  }) as const;

/** Orphans at the baseline; a key that came back under another name is the one of before. */
function countedBefore(
  query: Orphans,
  reference: Reference,
  { numbers, references = [] }: Baseline,
): number | undefined {
  const same = references.find((one) => isSameReference(one, reference));
  return numbers[keyOfReference(query, reference)] ?? (same && numbers[keyOfReference(query, same)]);
}

const askReference = (
  query: Orphans,
  reference: Reference,
  baseline: Baseline,
  read: IntegrityReader,
): Promise<IntegrityAnswer> =>
  judged(ruleOf(query, reference), countedBefore(query, reference, baseline), () =>
    read.number(countOrphansSql(reference)),
  );

/**
 * A reference whose key is gone is counted as long as its columns are there: without the key nothing guards it any more
 * (DAT-08). Only where a column went with it there is nothing to count.
 */
async function askDropped(
  query: Orphans,
  reference: Reference,
  baseline: Baseline,
  read: IntegrityReader,
): Promise<IntegrityAnswer> {
  const rule = ruleOf(query, reference);
  const wanted = reference.fromColumns.length + reference.toColumns.length;
  const there = await judged({ ...rule, expect: 'not-fewer' }, wanted, () =>
    read.number(countColumnsSql(reference)),
  );
  const before = countedBefore(query, reference, baseline);
  if (there.state === 'unknown') return unknownIntegrity(rule, before, there.said);
  return there.state === 'ok' ? askReference(query, reference, baseline, read) : goneIntegrity(rule, before);
}

/** Counted before, and by now neither a key nor on record with its columns. */
function sayLost(query: Orphans, { numbers }: Baseline, known: readonly Reference[]): IntegrityAnswer[] {
  const there = new Set(known.map((one) => keyOfReference(query, one)));
  return Object.entries(numbers)
    .filter(([id]) => id.startsWith(`${query.id}:`) && !there.has(id))
    .filter(([id]) => !query.except.includes(id.slice(query.id.length + 1)))
    .map(([id, before]) =>
      unknownIntegrity(
        { id, row: query.row, title: query.title },
        before,
        `${id.slice(query.id.length + 1)} was counted before, and its columns are not on record`,
      ),
    );
}

/** The orphans of every reference that there is or was; `countsGuarded` as in AskAgain. */
export async function askOrphans(
  query: Orphans,
  baseline: Baseline,
  read: IntegrityReader,
  countsGuarded: boolean,
): Promise<IntegrityAnswer[]> {
  const now = await referencesOf(query, read).catch((error: unknown) => {
    if (!isReleaseError(error)) throw error;
    return error;
  });
  if (now instanceof ReleaseError) return [unknownIntegrity(query, undefined, now.text.what)];
  const isThere = (one: Reference): boolean => now.some((other) => isSameReference(one, other));
  const dropped = (baseline.references ?? []).filter(
    (one) => !isThere(one) && !query.except.includes(one.name),
  );
  const counted = now.filter(({ isGuarded }) => countsGuarded || !isGuarded);
  const answers = await Promise.all([
    ...counted.map((one) => askReference(query, one, baseline, read)),
    ...dropped.map((one) => askDropped(query, one, baseline, read)),
  ]);
  const known = [...now, ...(baseline.references ?? [])];
  return [
    ...answers,
    ...query.except.map((name) => leftOutIntegrity(query, name)),
    ...sayLost(query, baseline, known),
  ];
}
