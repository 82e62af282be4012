import type { Client } from 'pg';
import * as z from 'zod';
import type { Clock } from '../../domain/clock.ts';
import { LOCK_MODES, type LockMode } from '../../domain/lock-mode.ts';
import type { MeasuredTable } from '../../domain/measured-migration.ts';
import { LOCKS_OF, OWN_PID, ROWS_SO_FAR } from './meter-sql.ts';
import type { Observer } from './migration-room.ts';
import { type ReadRows, readOne } from './session.ts';

export const tableShape = z.object({
  id: z.string(),
  file: z.string().nullable(),
  quoted: z.string(),
  shown: z.string(),
});
export type TableNow = z.infer<typeof tableShape>;

const pidShape = z.object({ pid: z.number() });
const lockShape = z.object({ id: z.string(), mode: z.string() });
const rowsShape = z.object({
  id: z.string(),
  file: z.string().nullable(),
  read: z.coerce.number(),
  written: z.coerce.number(),
});

const POLL_MS = 20;

/** What the meter needs of the world. */
export interface MeterSetting {
  readonly clock: Clock;
  /** The tables before the file. */
  readonly before: readonly TableNow[];
  /** Reads in the session that migrates. */
  reader(client: Client): ReadRows;
  /** Reads in a session beside it. */
  beside<T>(read: (rows: ReadRows) => Promise<T>): Promise<T>;
}

const asMode = (text: string): LockMode | undefined => LOCK_MODES.find((mode) => mode === text);

type Row = z.infer<typeof rowsShape>;

/**
 * Sees what a file does to the tables that were there before it. In a transaction a lock is kept to the end, so that
 * looking after every statement misses none; outside of one a second session looks all the time.
 */
export class Meter implements Observer {
  readonly #setting: MeterSetting;
  readonly #tables: ReadonlyMap<string, TableNow>;
  /** When each lock was asked for at the latest, by table and mode. */
  readonly #since = new Map<string, Map<LockMode, number>>();
  readonly #held = new Map<string, Map<LockMode, number>>();
  #rows: readonly Row[] = [];

  constructor(setting: MeterSetting) {
    this.#setting = setting;
    this.#tables = new Map(setting.before.map((table) => [table.id, table]));
  }

  async inside<T extends { readonly ok: boolean }>(client: Client, act: () => Promise<T>): Promise<T> {
    const { clock, reader } = this.#setting;
    const from = clock.monotonic();
    const answer = await act();
    // A transaction in which something failed answers no question any more.
    if (!answer.ok) return answer;
    const rows = reader(client);
    const { pid } = await readOne(rows, pidShape, OWN_PID);
    for (const { id, mode } of await this.#locksOf(rows, pid)) {
      const since = this.#since.get(id) ?? new Map<LockMode, number>();
      if (!since.has(mode)) since.set(mode, from);
      this.#since.set(id, since);
    }
    return answer;
  }

  async ending(client: Client): Promise<void> {
    this.#rows = await this.#readRows(this.#setting.reader(client));
  }

  ended(): void {
    const until = this.#setting.clock.monotonic();
    for (const [id, modes] of this.#since)
      for (const [mode, from] of modes) this.#hold(id, mode, until - from);
    this.#since.clear();
  }

  async outside<T>(client: Client, act: () => Promise<T>): Promise<T> {
    const { pid } = await readOne(this.#setting.reader(client), pidShape, OWN_PID);
    const over = { yet: false };
    const watching = this.#watch(pid, over);
    // Waited for below; until then its failure must not look like one that nobody waits for.
    watching.catch(() => undefined);
    try {
      return await act();
    } finally {
      over.yet = true;
      await watching;
      this.#rows = await this.#setting.beside((rows) => this.#readRows(rows));
    }
  }

  /** What was seen of every table that was touched. */
  tables(): readonly MeasuredTable[] {
    const rows = new Map(this.#rows.map((row) => [row.id, row]));
    return [...this.#tables.values()]
      .map((table) => this.#measure(table, rows.get(table.id)))
      .filter(({ locks, rewritten, read, written }) => locks.length + read + written > 0 || rewritten)
      .sort((a, b) => (a.table < b.table ? -1 : 1));
  }

  #measure({ id, shown, file }: TableNow, row: Row | undefined): MeasuredTable {
    const locks = [...(this.#held.get(id) ?? [])].map(([mode, ms]) => ({ mode, heldMs: Math.round(ms) }));
    const isNew = row !== undefined && row.file !== file;
    return { table: shown, locks, rewritten: isNew, read: row?.read ?? 0, written: row?.written ?? 0 };
  }

  async #watch(pid: number, over: { readonly yet: boolean }): Promise<void> {
    const { clock, beside } = this.#setting;
    let last = clock.monotonic();
    while (!over.yet) {
      const seen = await beside((rows) => this.#locksOf(rows, pid));
      const now = clock.monotonic();
      for (const { id, mode } of seen) this.#hold(id, mode, now - last);
      last = now;
      await clock.sleep(POLL_MS);
    }
  }

  #hold(id: string, mode: LockMode, ms: number): void {
    const modes = this.#held.get(id) ?? new Map<LockMode, number>();
    modes.set(mode, (modes.get(mode) ?? 0) + ms);
    this.#held.set(id, modes);
  }

  async #locksOf(rows: ReadRows, pid: number): Promise<readonly { id: string; mode: LockMode }[]> {
    const all = await rows(lockShape, LOCKS_OF, [pid]);
    return all.flatMap(({ id, mode: text }) => {
      const mode = asMode(text);
      return mode !== undefined && this.#tables.has(id) ? [{ id, mode }] : [];
    });
  }

  #readRows(rows: ReadRows): Promise<readonly Row[]> {
    return rows(rowsShape, ROWS_SO_FAR, [[...this.#tables.keys()]]);
  }
}
