import type { CatalogueDifference } from './catalogue.ts';

const PARTITION = /^(?:unlogged )?plain partition of .+ FOR VALUES /;

const isPartition = ({ kind, left, right }: CatalogueDifference): boolean =>
  kind === 'table' && (left === undefined || right === undefined) && PARTITION.test(left ?? right ?? '');

/**
 * True when whole partitions that came or went are all that differs, and the release itself (`made`) touches none of
 * them: a job that keeps a table in months does that every night, and what was tried out holds for them as well.
 */
export const isTurnover = (
  strays: readonly CatalogueDifference[],
  made: readonly CatalogueDifference[],
): boolean =>
  strays.length > 0 &&
  strays.every(
    (one) => isPartition(one) && !made.some(({ kind, name }) => kind === one.kind && name === one.name),
  );
