import { LEASE_MS } from '../lease.ts';

const LEASED = `clock_timestamp() + ${LEASE_MS} * interval '1 ms'`;

const insertInto = (schema: string): string =>
  `insert into ${schema}.release_event (scope, seq, id, run, epoch, type, step, ev, p, h)`;

/**
 * Every statement of the store; each is a whole transaction. Time is the server's alone: no two machines have to agree
 * on it.
 */
export const makeStatements = (schema: string) => ({
  /** One row, or the tables are not there. */
  about: `select version, ledger_id from ${schema}.about`,

  scopes: `select scope from ${schema}.release_scope where seq > 0 order by scope`,

  addScope: `insert into ${schema}.release_scope (scope) values ($1) on conflict do nothing`,

  standing: `select epoch::text, head, token, record::text, expires_at > clock_timestamp() as lives
    from ${schema}.release_scope where scope = $1`,

  events: `select h, ev::text as line from ${schema}.release_event where scope = $1 and seq >= $2 order by seq`,

  /**
   * Fence, lease, place and chain in one. $3 is the holder's token, or null for a note, which needs no lock and moves
   * no lease. $12 gives the lock back. No row: something of it is not as the writer believes.
   */
  append: `with kept as (
      update ${schema}.release_scope set seq = seq + 1, head = $11,
        expires_at = case when $3::text is null then expires_at else ${LEASED} end,
        token = case when $12::boolean then null else token end
      where scope = $1 and epoch = $2 and ($3::text is null or token = $3) and head = $10
        and not exists (select 1 from ${schema}.release_event where scope = $1 and id = $5)
      returning seq)
    ${insertInto(schema)} select $1, seq, $5, $6, $4, $7, $8, $9::json, $10, $11 from kept returning seq::text`,

  /**
   * Takes the next epoch from the one that was judged. $12: its holder's lease still runs, and the rules give it away
   * all the same; without it the lease must have run off by now, by this clock.
   */
  acquire: `with taken as (
      update ${schema}.release_scope set epoch = $4, seq = seq + 1, head = $11, token = $3, record = $13::json,
        expires_at = ${LEASED}
      where scope = $1 and epoch = $2 and head = $10
        and (token is null or expires_at <= clock_timestamp() or $12::boolean)
      returning seq)
    ${insertInto(schema)} select $1, seq, $5, $6, $4, $7, $8, $9::json, $10, $11 from taken returning seq::text`,

  renew: `update ${schema}.release_scope set expires_at = ${LEASED}
    where scope = $1 and epoch = $2 and token = $3 returning epoch::text`,
});

export type Statements = ReturnType<typeof makeStatements>;
