import type { DeletedRow } from '../../../domain/gap/gap.ts';
import type { TablePair } from './pair.ts';
import { bucketAt, readKeys, type Side, sumKeys, type WrittenRow } from './side.ts';

/** Both states, and the rows whose keys are known to be in one of them alone. */
export interface KeySets {
  readonly kept: Side;
  readonly live: Side;
  readonly onlyKept: readonly WrittenRow[];
  readonly onlyLive: readonly WrittenRow[];
}

function addKnown(sums: ReadonlyMap<number, bigint>, known: readonly WrittenRow[]): Map<number, bigint> {
  const all = new Map(sums);
  for (const { hash } of known) {
    const bucket = bucketAt(hash);
    all.set(bucket, (all.get(bucket) ?? 0n) + BigInt(hash));
  }
  return all;
}

/**
 * Rows that are there now, untouched since the restore, and had been deleted when it came. Whole tables are compared by
 * sums of hashes; keys are read only from heaps whose sums differ after what is known already.
 */
export async function findDeleted(pair: TablePair, sets: KeySets): Promise<readonly DeletedRow[]> {
  const { kept, live, onlyKept, onlyLive } = sets;
  const [inKept, inLive] = await Promise.all([sumKeys(kept, pair), sumKeys(live, pair)]);
  const [left, right] = [addKnown(inKept, onlyLive), addKnown(inLive, onlyKept)];
  const buckets = [...right.keys()].filter((bucket) => left.get(bucket) !== right.get(bucket));
  if (buckets.length === 0) return [];
  const [there, now] = await Promise.all([
    readKeys(kept, pair, buckets, false),
    readKeys(live, pair, buckets, true),
  ]);
  const keys = new Set(there.map(({ key }) => key));
  return now.filter(({ key }) => !keys.has(key));
}
