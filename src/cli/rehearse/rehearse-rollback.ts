import { minutes } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import {
  judgeParts,
  type RehearsedPart,
  type RollbackRehearsal,
} from '../../domain/rollback-rehearsal/rollback-rehearsal.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { planRollback } from '../../plans/plan-rollback.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { noteOrWarn } from '../drift/record-drift.ts';
import type { RollbackRequest } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';
import { chooseEnds } from './choose-ends.ts';
import { type Estimated, estimate } from './estimate.ts';
import { type RehearsedWay, readWay } from './read-way.ts';
import { tellPlanned, tellRehearsal } from './tell-rehearsal.ts';
import { timePart } from './time-part.ts';
import { tryCode } from './try-code.ts';
import { tryDatabase } from './try-database.ts';
import { tryMessages } from './try-messages.ts';
import { tryServices } from './try-services.ts';

/** As long as the rehearsal of migrations may take. */
const LONGEST_MS = minutes(15);

const atWork = ({ plan, run }: RunState): ReleaseError =>
  new ReleaseError('E_RUN_OPEN', {
    what: `${plan.command} ${plan.version} (${run}) is half way on ${plan.env}.`,
    why: 'What is live and what the database has is about to change: a rehearsal would prove another rollback than the one that is needed.',
    next: 'release status shows it. Rehearse when it has ended; to go back now: release rollback --to <version> --plan',
    state: 'untouched',
  });

const readRuns = async ({ ledger, scope }: Wired): Promise<readonly RunState[]> =>
  foldRuns(await ledger.read(scope));

/** Ends with Ctrl-C, and when the time is over: the branch is deleted in both cases. */
async function untilStopped<T>(
  { clock }: Wired,
  { stop }: CliContext,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const over = new AbortController();
  const cut = (): void => own.abort(new DOMException('stopped', 'AbortError'));
  const leave = stop.onRequest(cut);
  if (stop.stopping) cut();
  clock.sleep(LONGEST_MS, over.signal).then(
    () => own.abort(tooLong()),
    () => undefined,
  );
  try {
    return await work(own.signal);
  } finally {
    leave();
    over.abort();
  }
}

const tooLong = (): ReleaseError =>
  new ReleaseError('E_DB_TIMEOUT', {
    what: 'The rehearsal on the branch was not over after 15 min.',
    next: 'Look what takes so long: release preflight --only migrations.rehearsal measures each file.',
    state: 'untouched',
  });

/** Every part, and what was measured; the parts do not wait for each other, because none of them changes anything. */
async function tryParts(way: RehearsedWay, context: CliContext, wired: Wired) {
  const { clock, runbook, env } = wired;
  const plan = planRollback(way.facts, runbook, env);
  let times: ReadonlyMap<string, number> = new Map();
  const database = () =>
    untilStopped(wired, context, async (signal) => {
      const done = await tryDatabase(wired, way, signal);
      times = done.times;
      return done.tried;
    });
  const tried = await Promise.all([
    timePart('code', clock, () => tryCode(wired, way)),
    timePart('database', clock, database),
    timePart('services', clock, () => tryServices(wired, way)),
    timePart('messages', clock, () => tryMessages(wired, plan, way.facts.run)),
  ]);
  const [code] = tried;
  const measured = new Map([
    ...times,
    ...(code.outcome === 'ok' ? [['restore-commit', code.tookMs] as const] : []),
  ]);
  const estimated = await estimate(plan, measured, way.facts.severity, wired);
  const time = await timePart('time', clock, async () => estimated.tried);
  return { parts: [...tried, time], estimated };
}

/** A run that began while this was under way has changed what it was about. */
function seeMeanwhile(before: readonly RunState[], after: readonly RunState[]): readonly RehearsedPart[] {
  const newest = after.at(-1);
  if (newest === undefined || newest.run === before.at(-1)?.run) return [];
  const said = `${newest.plan.command} ${newest.plan.version} (${newest.run}) began meanwhile: what was proven is about the time before it`;
  return [
    { name: 'database', outcome: 'unknown', said, remedy: 'Rehearse again when it has ended.', tookMs: 0 },
  ];
}

/** The way that was wanted, also where it is barred; `auto` is what the migrations make of it. */
function wayOf({ facts, barred }: RehearsedWay, db: RollbackRequest['db']): RollbackRehearsal['data'] {
  if (db !== 'auto') return db;
  return barred === undefined ? facts.data.kind : 'down';
}

function makeRecord(
  way: RehearsedWay,
  db: RollbackRequest['db'],
  parts: readonly RehearsedPart[],
  { estimate: { ms }, limitMs }: Estimated,
  tookMs: number,
): RollbackRehearsal {
  const { ends, facts, migrations } = way;
  return {
    from: ends.from,
    to: ends.to.version,
    commit: ends.commit,
    target: ends.to.commit,
    data: wayOf(way, db),
    configDigest: facts.configDigest,
    migrations,
    outcome: judgeParts(parts),
    because: parts
      .filter(({ outcome }) => outcome !== 'ok')
      .map(({ name, said }) => `${name}: ${said}`)
      .join('; ')
      .slice(0, 400),
    tookMs,
    estimateMs: ms,
    severity: facts.severity,
    ...(limitMs === undefined ? {} : { limitMs }),
    parts: parts.map(({ name, outcome, tookMs: took }) => ({ name, outcome, tookMs: took })),
  };
}

/**
 * `release rollback --rehearse`: the whole plan of a rollback, tried on a branch of the database and in a clone of the
 * code, timed and recorded, without a lock and without touching what users have (PRE-32). Throws E_RUN_OPEN while a run is
 * half way.
 */
export async function rehearseRollback(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<CommandResult> {
  const { clock } = wired;
  const before = await readRuns(wired);
  const open = findOpenRun(before);
  if (open !== undefined) throw atWork(open);
  const started = clock.monotonic();
  const ends = await chooseEnds(options, context, wired);
  const request: RollbackRequest = {
    to: ends.to.version,
    db: (options.db ?? 'auto') as RollbackRequest['db'],
    reason: 'rehearsal',
    severity: typeof options.severity === 'string' ? options.severity : 'P0',
    run: makeRunId(clock, context.random),
  };
  const way = await readWay(wired, request, ends);
  if (context.flags.plan) return tellPlanned(way, wired);
  context.out.note(
    `  rehearsing ${ends.from} → ${ends.to.version} on a branch of the database and in a clone of the code; users notice nothing\n`,
  );
  const { parts, estimated } = await tryParts(way, context, wired);
  const all = [...parts, ...seeMeanwhile(before, await readRuns(wired))];
  const record = makeRecord(way, request.db, all, estimated, clock.monotonic() - started);
  // Cut off, it proves nothing and disproves nothing: the last whole rehearsal stands. One that ended well was not cut off.
  const isCut = context.stop.stopping && record.outcome !== 'proven';
  const warnings = isCut
    ? []
    : await noteOrWarn(wired, {
        id: `${request.run}:rollback.rehearsed`,
        run: request.run,
        type: 'rollback.rehearsed',
        data: record,
      });
  return tellRehearsal(
    { record, parts: all, estimated, isLive: ends.isLive, isCut, warnings },
    context,
    wired,
  );
}
