/**
 * Statements of the job queue; each is a whole transaction, and its clock is the server's: an agent whose own clock is
 * wrong neither takes a job early nor keeps it for longer (F71).
 */
export const makeJobStatements = (schema: string) => ({
  /** First due at once. A second order changes the interval, and never puts off what is due. */
  schedule: `insert into ${schema}.release_job as job (scope, kind, due_at, every_ms)
    values ($1, $2, clock_timestamp(), $3)
    on conflict (scope, kind) do update set every_ms = excluded.every_ms,
      due_at = case when job.due_at = 'infinity' or job.every_ms is null then excluded.due_at
        else least(job.due_at, job.due_at
          + (coalesce(excluded.every_ms, job.every_ms) - job.every_ms) * interval '1 ms') end`,

  /** Due once, in so many ms; what an agent is at stays as it is. */
  order: `insert into ${schema}.release_job as job (scope, kind, due_at)
    values ($1, $2, clock_timestamp() + $3 * interval '1 ms')
    on conflict (scope, kind) do update set due_at = excluded.due_at, every_ms = null
      where job.claim_until <= clock_timestamp()`,

  time: 'select clock_timestamp() as now',

  unschedule: `delete from ${schema}.release_job where scope = $1 and kind = $2 returning kind`,

  list: `select job.scope, job.kind, nullif(job.due_at, 'infinity') as due_at, job.every_ms::text, job.agent,
      job.claim_until > clock_timestamp() as runs, last.at, last.outcome, last.said
    from ${schema}.release_job job
    left join ${schema}.release_tick last
      on last.scope = job.scope and last.kind = job.kind and last.tick = job.tick - 1
    where job.scope = any($1::text[]) order by job.scope, job.kind`,

  /** SKIP LOCKED: agents that ask at the same moment get different jobs and none waits for another. */
  claim: `with due as (
      select scope, kind from ${schema}.release_job
      where scope = any($2::text[]) and kind = any($3::text[])
        and due_at <= clock_timestamp() and claim_until <= clock_timestamp()
      order by due_at limit $4 for update skip locked)
    update ${schema}.release_job job set agent = $1, claim_until = clock_timestamp() + $5 * interval '1 ms'
    from due where job.scope = due.scope and job.kind = due.kind
    returning job.scope, job.kind, job.tick::text`,

  keep: `update ${schema}.release_job set claim_until = clock_timestamp() + $5 * interval '1 ms'
    where scope = $1 and kind = $2 and tick = $3 and agent = $4 returning tick::text`,

  /**
   * Ends one tick and records it, or does neither (F69). The next one is due on the grid of the first, in the future:
   * what was missed while no agent ran is not made up for. A job without an interval is never due again.
   */
  complete: `with done as (
      update ${schema}.release_job set tick = tick + 1, claim_until = '-infinity', due_at =
        case when every_ms is null then 'infinity'::timestamptz
        else due_at + every_ms * interval '1 ms' * (1 + greatest(0,
          floor(extract(epoch from clock_timestamp() - due_at) * 1000 / every_ms))) end
      where scope = $1 and kind = $2 and tick = $3 and agent = $4
      returning tick)
    insert into ${schema}.release_tick (scope, kind, tick, agent, outcome, said)
    select $1, $2, $3, $4, $5, $6 from done returning tick::text`,

  ended: `select agent from ${schema}.release_tick where scope = $1 and kind = $2 and tick = $3`,
});
