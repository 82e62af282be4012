import { carriesCandidates } from '../../config/carries-candidates.ts';
import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import { isSameBuild } from '../../domain/same-build.ts';
import { saidBy } from '../../domain/version.ts';
import type { Confirmation } from '../../domain/watch/judge-confirmation.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import {
  findJobsPausedSince,
  findMaintenanceSince,
  findTrafficAwaySince,
  findWebhooksOff,
} from '../../ledger/find-held.ts';
import { findNextAttempt } from '../../ledger/find-next-attempt.ts';
import { findLive, findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { foldDrift } from '../../ledger/fold-drift.ts';
import { foldPhases } from '../../ledger/fold-phases.ts';
import { foldTasks } from '../../ledger/fold-tasks.ts';
import { foldWatch, type WatchRecord } from '../../ledger/fold-watch.ts';
import { foldWeek } from '../../ledger/fold-week.ts';
import type { Sight } from '../../ledger/ledger.ts';
import type { EnvStanding } from '../../report/status-text.ts';
import type { CliContext } from '../context.ts';
import { findUnsynced } from '../ledger/find-unsynced.ts';
import type { Unsynced } from '../ledger/read-unsynced.ts';
import type { Wire, Wired } from '../wired.ts';
import { lookOrNothing } from './look-or-nothing.ts';
import { readIncident } from './read-incident.ts';
import { readPhase } from './read-phase.ts';
import { readWaiting } from './read-waiting.ts';

/** What is known of one environment. */
export type Standing = EnvStanding & {
  readonly unsynced?: Unsynced;
  readonly watch: WatchRecord;
  /** The ledger could not be asked, and nothing of it was ever seen here. */
  readonly failure?: ReleaseError;
};

/** What is true of one environment: by its ledger, and by the application itself. */
export async function readStanding(context: CliContext, wire: Wire, env: string): Promise<Standing> {
  const wired = await wire({ ...context, flags: { ...context.flags, env } });
  try {
    const [sight, live, unsynced] = await Promise.all([
      lookOrNothing(wired),
      askLive(wired),
      findUnsynced(context, wired),
    ]);
    const runs = foldRuns(sight.events);
    const standing = standingOf(wired, runs, sight, nameTried(live, runs));
    const { byLedger } = standing;
    // What answers was perhaps never brought by a run that is on record, and watched all the same.
    const version = byLedger?.version ?? (live.known ? live.version : '');
    const watch = foldWatch(sight.events, version, byLedger?.since);
    const { failure } = sight;
    const waiting = await readWaiting(sight.events, wired);
    const way = context.terminal.stdoutIsTty ? wayOf(sight.events, runs, standing) : undefined;
    return {
      ...standing,
      waiting,
      ...(way === undefined ? {} : { strip: way }),
      watch,
      ...(unsynced ? { unsynced } : {}),
      ...(failure ? { failure } : {}),
    };
  } finally {
    await wired.close();
  }
}

/** The release that is under way, else the one that is live: none after a rollback, which is no release. */
function wayOf(
  events: readonly LedgerEvent[],
  runs: readonly RunState[],
  { open, byLedger, isProtected }: Pick<EnvStanding, 'open' | 'byLedger' | 'isProtected'>,
): EnvStanding['strip'] {
  const run = open ?? runs.find((one) => one.run === byLedger?.run);
  if (!isProtected || run?.plan.command !== 'deploy') return undefined;
  return { version: run.plan.version, phases: foldPhases(events, run) };
}

type Live = EnvStanding['live'];

/** The version that answers, or why nobody knows: the ledger's word is never shown as if it were live. */
async function askLive(wired: Wired): Promise<Live> {
  if (!wired.configured.has('host')) return { known: false, because: 'no host is configured' };
  try {
    const { version, commit, maintenance } = await wired.services.host.liveVersion(wired.env);
    const name = version.startsWith('v') ? version : `v${version}`;
    return {
      ...{ known: true, version: name },
      ...(commit === undefined ? {} : { commit }),
      ...(maintenance === undefined ? {} : { maintenance }),
    };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return { known: false, because: error.text.what };
  }
}

/**
 * An application that runs a candidate may say the number of the release: when it has the commit of the last candidate that the
 * ledger brought there, it is that one.
 */
function nameTried(live: Live, runs: readonly RunState[]): Live {
  if (!live.known || live.commit === undefined) return live;
  const byLedger = findLive(runs);
  const { version, basis } = runs.find(({ run }) => run === byLedger?.run)?.plan ?? {};
  if (version === undefined || typeof basis?.commit !== 'string') return live;
  return isSameBuild(live, { ...saidBy(version), commit: basis.commit }) ? { ...live, version } : live;
}

/** Of a version that a rollback brought: what real traffic has said of it. */
function confirmationOf(run: RunState | undefined): { readonly confirmation?: Confirmation } {
  if (run?.plan.command !== 'rollback') return {};
  const said = run.facts.confirmation as unknown as Confirmation | undefined;
  return { confirmation: said ?? { outcome: 'left', said: 'nobody has watched real traffic' } };
}

/** What follows a release because it has users: a week of watching, an incident, a word of their traffic, the next attempt. */
function withUsers(
  { events }: Pick<Sight, 'events'>,
  runs: readonly RunState[],
  { runbook }: Wired,
): Partial<EnvStanding> {
  const week = foldWeek(events, runbook.monitoring);
  const nextAttempt = findNextAttempt(runs);
  const incident = readIncident(events, runbook);
  return {
    ...(incident === undefined ? {} : { incident }),
    ...confirmationOf(runs.find(({ run }) => run === findLive(runs)?.run)),
    ...(nextAttempt === undefined ? {} : { nextAttempt }),
    ...(week === undefined ? {} : { week }),
  };
}

/** Where candidates are tried nobody waits for any of that; of a rollback it is said what it took back. */
function withoutUsers(runs: readonly RunState[]): Partial<EnvStanding> {
  const { command, from } = runs.find(({ run }) => run === findLive(runs)?.run)?.plan ?? {};
  const isOver = findOpenRun(runs) === undefined;
  return isOver && command === 'rollback' && from ? { tookBack: from } : {};
}

function standingOf(
  wired: Wired,
  runs: readonly RunState[],
  { events, holder, unreached }: Sight,
  live: Live,
): Omit<EnvStanding, 'unsynced' | 'waiting'> {
  const { env, environment, clock, runbook } = wired;
  const [byLedger, open] = [findLive(runs), findOpenRun(runs)];
  const [maintenance, jobsPaused] = [findMaintenanceSince(runs), findJobsPausedSince(runs)];
  const [webhooksOff, trafficAway] = [findWebhooksOff(runs), findTrafficAwaySince(runs)];
  const isTrial = carriesCandidates(runbook, env);
  const gate = events
    .filter((e) => e.type === 'gate.decided' && e.data.gate === 'preflight' && e.data.part !== true)
    .at(-1);
  return {
    env,
    isProtected: environment.protected,
    live,
    runs: runs.length,
    drift: foldDrift(events, clock.now()),
    tasks: foldTasks(events),
    phase: environment.protected ? readPhase(runs, runbook, clock.now()) : [],
    ...(isTrial ? withoutUsers(runs) : withUsers({ events }, runs, wired)),
    ...(byLedger === undefined ? {} : { byLedger }),
    ...(open === undefined ? {} : { open }),
    ...(maintenance === undefined ? {} : { maintenance }),
    ...(jobsPaused === undefined ? {} : { jobsPaused }),
    ...(trafficAway === undefined ? {} : { trafficAway }),
    ...(webhooksOff === undefined ? {} : { webhooksOff }),
    ...(holder === undefined ? {} : { holder }),
    ...(unreached === undefined ? {} : { ledgerAsOf: { because: unreached, at: events.at(-1)?.at ?? '' } }),
    ...(gate?.type === 'gate.decided' ? { preflight: { at: gate.at, ...gate.data } } : {}),
  };
}
