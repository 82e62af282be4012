import * as z from 'zod';
import type { Clock } from '../../domain/clock.ts';
import type { LedgerDatabase } from './database.ts';
import { makeJobStatements } from './job-statements.ts';
import { LedgerTables } from './ledger-tables.ts';
import { type Ask, Patience, WAITS } from './patience.ts';

/** One tick of a job that this agent has claimed. */
export interface ClaimedJob {
  readonly scope: string;
  readonly kind: string;
  readonly tick: number;
}

/** What came of a tick, for the record. */
export interface TickOutcome {
  readonly outcome: 'done' | 'failed';
  readonly said: string;
}

/** A job as people look at it; times are ISO, by the server's clock. */
export interface KnownJob {
  readonly scope: string;
  readonly kind: string;
  /** Missing when it is never due again. */
  readonly dueAt?: string;
  readonly everyMs?: number;
  /** The agent at work on it now. */
  readonly agent?: string;
  readonly last?: { readonly at: string; readonly outcome: string; readonly said: string };
}

const claimedRow = z.object({ scope: z.string(), kind: z.string(), tick: z.string().transform(Number) });
const timeRow = z.object({ now: z.date() });
const endedRow = z.object({ agent: z.string() });
const knownRow = z.object({
  scope: z.string(),
  kind: z.string(),
  due_at: z.date().nullable(),
  every_ms: z.string().nullable(),
  agent: z.string().nullable(),
  runs: z.boolean(),
  at: z.date().nullable(),
  outcome: z.string().nullable(),
  said: z.string().nullable(),
});

function toKnown(row: unknown): KnownJob {
  const { scope, kind, due_at, every_ms, agent, runs, at, outcome, said } = knownRow.parse(row);
  const last =
    at === null ? {} : { last: { at: at.toISOString(), outcome: outcome ?? '', said: said ?? '' } };
  return {
    scope,
    kind,
    ...(due_at === null ? {} : { dueAt: due_at.toISOString() }),
    ...(every_ms === null ? {} : { everyMs: Number(every_ms) }),
    ...(runs && agent !== null ? { agent } : {}),
    ...last,
  };
}

export interface JobQueueOptions {
  readonly database: LedgerDatabase;
  readonly schema?: string;
  readonly clock: Clock;
  /** Who claims: no other process anywhere has this name, now or later. */
  readonly agent: string;
  /** How long a claim lasts unless it is kept, in ms by the server's clock. */
  readonly claimMs: number;
}

/**
 * Work that comes due, shared by any number of agents. A tick may be begun twice, when its first agent was killed;
 * it is recorded once (F69, F70).
 */
export class JobQueue {
  readonly #tables: LedgerTables;
  readonly #sql: ReturnType<typeof makeJobStatements>;
  readonly #options: JobQueueOptions;

  constructor(options: JobQueueOptions) {
    const { database, schema = 'release_ledger', clock } = options;
    this.#options = options;
    this.#tables = new LedgerTables(database, schema, new Patience(database, clock));
    this.#sql = makeJobStatements(schema);
  }

  /** Due at once, and then every `everyMs`; without it only once. */
  async schedule(scope: string, kind: string, everyMs?: number): Promise<void> {
    const ask = this.#tables.patience.within(WAITS.toBegin);
    await this.#tables.prepare(ask);
    await ask(this.#sql.schedule, [scope, kind, everyMs ?? null]);
  }

  /** Due once, in `inMs` by the server's clock. An agent that is at work on this kind is left alone. */
  async order(scope: string, kind: string, inMs: number): Promise<void> {
    const ask = this.#tables.patience.within(WAITS.toBegin);
    await this.#tables.prepare(ask);
    await ask(this.#sql.order, [scope, kind, Math.max(0, Math.round(inMs))]);
  }

  /** The server's time, in ms since 1970: it decides what is due, and no agent's own. */
  async now(): Promise<number> {
    const reply = await this.#tables.patience.within(WAITS.toBegin)(this.#sql.time);
    return timeRow.parse(reply?.rows[0]).now.getTime();
  }

  /** False when there was no such job. Its ticks stay on record. */
  async unschedule(scope: string, kind: string): Promise<boolean> {
    const ask = await this.#reading();
    return ((await ask(this.#sql.unschedule, [scope, kind]))?.rows.length ?? 0) > 0;
  }

  async list(scopes: readonly string[]): Promise<readonly KnownJob[]> {
    const ask = await this.#reading();
    return ((await ask(this.#sql.list, [scopes]))?.rows ?? []).map(toKnown);
  }

  /** Claims at most `limit` due jobs of these scopes and kinds, the longest due first. */
  async claim(
    scopes: readonly string[],
    kinds: readonly string[],
    limit: number,
  ): Promise<readonly ClaimedJob[]> {
    const { agent, claimMs } = this.#options;
    const ask = await this.#reading();
    const reply = await ask(this.#sql.claim, [agent, scopes, kinds, limit, claimMs]);
    return (reply?.rows ?? []).map((row) => claimedRow.parse(row));
  }

  /** Makes the claim last again; false when another agent has the job by now. */
  async keep({ scope, kind, tick }: ClaimedJob): Promise<boolean> {
    const { agent, claimMs } = this.#options;
    const ask = this.#tables.patience.within(WAITS.toBegin);
    const reply = await ask(this.#sql.keep, [scope, kind, tick, agent, claimMs]);
    return (reply?.rows.length ?? 0) > 0;
  }

  /** Ends the tick and records it; false when another agent has taken it over, whose record counts. */
  async complete({ scope, kind, tick }: ClaimedJob, { outcome, said }: TickOutcome): Promise<boolean> {
    const { agent } = this.#options;
    const ask = this.#tables.patience.within(WAITS.toRecord);
    const reply = await ask(this.#sql.complete, [scope, kind, tick, agent, outcome, said]);
    if ((reply?.rows.length ?? 0) > 0) return true;
    // It may be our own earlier try, whose answer was lost.
    const ended = await ask(this.#sql.ended, [scope, kind, tick]);
    const row = ended?.rows[0];
    return row !== undefined && endedRow.parse(row).agent === agent;
  }

  async #reading(): Promise<Ask> {
    const ask = this.#tables.patience.within(WAITS.toBegin);
    await this.#tables.identify(ask);
    return ask;
  }
}
