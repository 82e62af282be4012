import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { minutes } from '../../domain/duration.ts';
import type { Wired } from '../wired.ts';
import { findLedgerFolder } from '../wiring/find-ledger-folder.ts';

/** Ticks wait a second for the disk, and clocks of disks differ a little. */
const APART_MS = minutes(1);

/** What watches of a run wrote on this machine: its own file, and those of watches beside it. */
export function listRecords(
  run: string,
  wired: Pick<Wired, 'environment' | 'root' | 'env'>,
): readonly string[] {
  const folder = join(findLedgerFolder(wired), 'watch', wired.env);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && (name === `${run}.jsonl` || name.startsWith(`${run}.`)))
    .sort()
    .map((name) => join(folder, name));
}

/** True where a watch ran ahead of this machine's clock (--time-scale): the times of its record are not those of the ledger. */
export const ranAhead = (file: string, lastAt: number): boolean => lastAt > statSync(file).mtimeMs + APART_MS;
