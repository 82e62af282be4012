import type { Client } from 'pg';
import type { Clock } from '../../domain/clock.ts';
import { seconds } from '../../domain/duration.ts';
import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import type { CallFailure } from '../call-failure.ts';
import { type Attempt, callPatiently } from '../retry.ts';
import type { Address } from './address.ts';
import type { Connections } from './connections.ts';
import { sayFailure } from './say-failure.ts';
import { makeReader, put, type ReadRows } from './session.ts';

/** A question to a database; `doing` follows "the database did not". */
export interface Question<T> {
  readonly doing: string;
  /** Longest time in ms of one statement, kept by the server; as a function, what is left of it once its turn comes. */
  readonly limitMs?: number | (() => number);
  /**
   * Every statement is ours and only looks, so that in a pipeline none waits until the transaction has begun: nothing that
   * they answered counts where it did not begin.
   */
  readonly onlyLooks?: true;
  read(rows: ReadRows): Promise<T>;
}

/** Puts a question in a read-only transaction with a time limit. */
export type Ask = <T>(address: Address, question: Question<T>) => Promise<T>;

const LIMIT_MS = seconds(8);
/** Further tries begin within this time only: a check waits ten seconds for its answer. */
const PATIENCE_MS = seconds(4);

/** Counting whole tables takes its time. */
export const COUNTING_MS = seconds(120);

const OVER = { kind: 'sql', code: '57014', said: 'the time was over before its turn came' } as const;

// Nothing is a startup parameter or a setting of the session: a transaction pooler would refuse the one and hand the
// other to somebody else.
const opening = (limitMs: number): string =>
  `begin isolation level repeatable read read only; set local statement_timeout = ${limitMs}`;

/**
 * One question in a session that is open already. In a pipeline the end of the transaction is not waited for: all was
 * read, nothing was written, and what the session is asked next is answered behind it.
 */
export async function askIn<T>(client: Client, address: Address, question: Question<T>): Promise<T> {
  const { doing, limitMs = LIMIT_MS, read, onlyLooks = false } = question;
  const ms = typeof limitMs === 'number' ? limitMs : Math.floor(limitMs());
  // Zero would mean no limit at all.
  if (ms <= 0) throw sayFailure(address, doing, OVER);
  const beginning = put(client, opening(ms));
  const reader = makeReader(client, address, doing);
  const reading = onlyLooks && client.pipeline ? read(reader) : undefined;
  reading?.catch(() => undefined);
  const begun = await beginning;
  if (!begun.ok) throw sayFailure(address, doing, begun.failure);
  const answer = await (reading ?? read(reader));
  const ending = put(client, 'commit');
  if (client.pipeline) return answer;
  const ended = await ending;
  if (!ended.ok) throw sayFailure(address, doing, ended.failure);
  return answer;
}

/** What the retry table calls this failure; undefined when asking again would say the same. */
function retryClass(error: ReleaseError): CallFailure | undefined {
  if (error.text.state !== 'untouched') return undefined;
  if (error.code === 'E_DB_CUT') return { kind: 'lost', why: '' };
  return ['E_DB_UNREACHABLE', 'E_DB_FULL'].includes(error.code) ? { kind: 'not-sent', why: '' } : undefined;
}

/**
 * Repeats what was never sent, and for questions also what was cut off, by the table of retry.ts; never after the
 * connections were closed.
 */
export async function patiently<T>(
  connections: Pick<Connections, 'isClosed'>,
  clock: Clock,
  effect: 'read' | 'write',
  act: () => Promise<T>,
): Promise<T> {
  const started = clock.monotonic();
  let last: unknown;
  const tryOnce = async (): Promise<Attempt<T>> => {
    try {
      return { ok: true, answer: await act() };
    } catch (error) {
      last = error;
      const failure = isReleaseError(error) ? retryClass(error) : undefined;
      if (failure === undefined) throw error;
      return { ok: false, failure };
    }
  };
  const mayRepeat = (): boolean => !connections.isClosed && clock.monotonic() - started < PATIENCE_MS;
  const attempt = await callPatiently(clock, effect, tryOnce, mayRepeat);
  if (attempt.ok) return attempt.answer;
  throw last;
}

/** Questions by borrowed sessions; see `sayUnreached` and `sayFailure` for what they throw. */
export const makeAsk =
  (connections: Connections, clock: Clock): Ask =>
  (address, question) =>
    patiently(connections, clock, 'read', () =>
      connections.borrow(address, (client) => askIn(client, address, question)),
    );
