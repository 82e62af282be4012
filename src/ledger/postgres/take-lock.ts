import { randomUUID } from 'node:crypto';
import type { Clock } from '../../domain/clock.ts';
import { makeLease } from '../lease.ts';
import type { Claim, Holder } from '../ledger.ts';
import { makeEpochRecord, makeLockEvent, mayTake } from '../lock-claim.ts';
import { refuseLocked } from '../locked.ts';
import type { EpochRecord, Machine } from '../machine.ts';
import type { Origin } from '../make-event.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { Ask, Reply } from './patience.ts';
import { refuseBusy } from './refusals.ts';
import type { ScopeRow } from './rows.ts';
import type { ScopeReader } from './scope-reader.ts';
import { MOST_ROUNDS, type ScopeWriter, type TokenLease, valuesOf } from './scope-writer.ts';

/** What is needed to take the lock of one scope. */
export interface LockTools {
  readonly ask: Ask;
  readonly tables: LedgerTables;
  readonly reader: ScopeReader;
  readonly writer: ScopeWriter;
  readonly clock: Clock;
  readonly machine: Machine;
  readonly origin: Origin;
}

/** One attempt to become the holder; the token tells our own success from another's when its answer was lost. */
interface Bid {
  readonly claim: Claim;
  readonly token: string;
}

/** Throws E_LOCKED when somebody holds it whom the claim may not push aside. */
function judge({ reader }: LockTools, standing: ScopeRow, claim: Claim): Holder | undefined {
  const holder = reader.describe(standing);
  if (holder === undefined || standing.record === null) return undefined;
  if (!mayTake({ record: standing.record, holder }, claim)) throw refuseLocked(reader.scope, holder);
  return holder;
}

async function bid(tools: LockTools, { claim, token }: Bid, standing: ScopeRow): Promise<Reply | undefined> {
  const { reader, writer, machine, origin, clock, ask, tables } = tools;
  const holder = judge(tools, standing, claim);
  const next = { epoch: standing.epoch + 1, at: clock.now().toISOString() };
  const record: EpochRecord = makeEpochRecord(claim, next, origin, machine);
  const made = writer.make(makeLockEvent(record, holder), next.epoch);
  const isForced = holder !== undefined && standing.lives;
  const where = [reader.scope, standing.epoch, token, next.epoch];
  const values = [...where, ...valuesOf(made), isForced, JSON.stringify(record)];
  const reply = await ask(tables.sql.acquire, values);
  if (reply === undefined || reply.rows.length === 0) return undefined;
  reader.chain.take(made);
  return reply;
}

/**
 * Takes the lock by compare and swap: what was judged must still be so when the epoch moves. Whoever finds another
 * one faster judges anew, and a takeover was meant for the holder that the person saw.
 */
export async function takeLock(tools: LockTools, wanted: Claim): Promise<TokenLease> {
  const { ask, tables, reader, clock } = tools;
  const token = randomUUID();
  let claim = wanted;
  let judged: number | undefined;
  let asked = clock.monotonic();
  await ask(tables.sql.addScope, [reader.scope]);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await reader.read(ask);
    const standing = await reader.readStanding(ask);
    if (standing === undefined) throw reader.sayReplaced(`${reader.scope} is gone.`);
    const right = { scope: reader.scope, epoch: standing.epoch, run: claim.run };
    if (standing.token === token) return { ...makeLease(right, asked), token };
    if (judged !== undefined && judged !== standing.epoch) claim = { ...claim, takeover: false };
    judged = standing.epoch;
    asked = clock.monotonic();
    const reply = await bid(tools, { claim, token }, standing);
    if (reply) return { ...makeLease({ ...right, epoch: standing.epoch + 1 }, reply.asked), token };
  }
  throw refuseBusy(tables.where);
}
