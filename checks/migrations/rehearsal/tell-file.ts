import { sayDuration } from '../../../src/domain/duration.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { blockedBy } from '../../../src/domain/lock-mode.ts';
import {
  type Blocking,
  costOf,
  longestBlocking,
  type MeasuredMigration,
  type MeasuredTable,
} from '../../../src/domain/measured-migration.ts';
import type { RehearsedFile } from '../../../src/domain/rehearsed.ts';
import type { TriedFile } from './trial.ts';

/** The time of a file that counts: the longer one, where it went up twice. */
const measurementsOf = ({ first, again }: TriedFile): readonly MeasuredMigration[] =>
  again === undefined ? [first] : [first, again];

/** The lock that kept reads or writes waiting longest, in either run. */
export const blockingOf = (file: TriedFile): Blocking | undefined =>
  measurementsOf(file)
    .flatMap((one) => longestBlocking(one) ?? [])
    .sort((a, b) => b.heldMs - a.heldMs)[0];

/** What is kept of a file, for the plan of the deploy. */
const summarize = (file: TriedFile): RehearsedFile => ({
  tag: file.tag,
  cost: costOf(file.first),
  tookMs: Math.max(...measurementsOf(file).map(({ tookMs }) => tookMs)),
  lockedMs: blockingOf(file)?.heldMs ?? 0,
});

/** The same with the table that was locked longest and its rows, for the reader of the evidence. */
export function recordFile(file: TriedFile): JsonObject {
  const blocking = blockingOf(file);
  const rows = blocking && file.rows[blocking.table];
  return {
    ...summarize(file),
    ...(blocking === undefined ? {} : { table: blocking.table, lock: blocking.mode }),
    ...(rows === undefined ? {} : { rows }),
  };
}

const grouped = (count: number): string => count.toLocaleString('en-US');

const sayTable = ({ table }: MeasuredTable, { rows }: TriedFile): string => {
  const count = rows[table];
  return count === undefined ? table : `${table} (${grouped(count)} rows)`;
};

function sayLock(blocking: Blocking | undefined, besides: string): string {
  if (blocking === undefined) return 'nobody waits';
  const where = blocking.table === besides ? '' : ` of ${blocking.table}`;
  return `no ${blockedBy(blocking.mode)}${where} for ${sayDuration(blocking.heldMs)}`;
}

const largest = (tables: readonly MeasuredTable[], by: (table: MeasuredTable) => number) =>
  [...tables].sort((a, b) => by(b) - by(a))[0];

/** One file in a phrase: `0043_x rewrites assessments (1,000,000 rows), no reads or writes for 2 s`. */
export function sayFile(file: TriedFile): string {
  const { tag, first } = file;
  const { cost, tookMs } = summarize(file);
  const rewritten = largest(
    first.tables.filter((one) => one.rewritten),
    ({ table }) => file.rows[table] ?? 0,
  );
  const lock = (besides = ''): string => sayLock(blockingOf(file), besides);
  if (rewritten !== undefined)
    return `${tag} rewrites ${sayTable(rewritten, file)}, ${lock(rewritten.table)}`;
  if (cost === 'beside') return `${tag} runs beside the traffic in ${sayDuration(tookMs)}, ${lock()}`;
  const [written, read] = [
    largest(first.tables, (one) => one.written),
    largest(first.tables, (one) => one.read),
  ];
  if (cost === 'write' && written !== undefined)
    return `${tag} writes ${grouped(written.written)} rows of ${written.table}, ${lock(written.table)}`;
  if (cost === 'scan' && read !== undefined)
    return `${tag} reads through ${sayTable(read, file)}, ${lock(read.table)}`;
  return `${tag} is instant (${sayDuration(tookMs)})`;
}
