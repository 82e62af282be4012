import type { Plan, PlanEntry } from '../domain/plan.ts';
import { bareVersion, type Version } from '../domain/version.ts';
import { gate, makePlan, type Runbook } from '../kit.ts';
import { smokeTest } from '../steps/app/smoke-test.ts';
import { pauseJobs, resumeJobs } from '../steps/app/switch-jobs.ts';
import { maintenanceOff, maintenanceOn } from '../steps/app/switch-maintenance.ts';
import { trafficNormal } from '../steps/app/switch-traffic.ts';
import { warmUp } from '../steps/app/warm-up.ts';
import { restoreVersion } from '../steps/git/restore-version.ts';
import { seeMain } from '../steps/git/see-main.ts';
import { proveLive } from '../steps/host/prove-live.ts';
import { publish } from '../steps/host/publish.ts';
import { seeSchema } from '../steps/postgres/see-schema.ts';
import { briefSupport } from './brief-support.ts';
import { type DataWay, dataBack } from './data-back.ts';
import { compareData, readsOf, unlessShown } from './data-compared.ts';
import { holdBack } from './hold-back.ts';
import { tellBeside } from './tell-beside.ts';
import { tellStatusPage } from './tell-outside.ts';
import type { WebhookWay } from './webhook-way.ts';
import { deliverAgain, seeDelivered } from './webhooks-back.ts';
import { withEarlierTimes } from './with-earlier-times.ts';

export interface RollbackFacts {
  readonly from: string;
  readonly to: Version;
  readonly main: string;
  /** True when main stays where it is: it has the wanted tree already, or never got what is left. */
  readonly treeIsThere: boolean;
  /**
   * The remote of the code is away: the build that the host has of `commit` is published, and main follows at the end,
   * when everything else is done.
   */
  readonly isCodeAway: boolean;
  /** Commit to publish when no restore commit comes before it. */
  readonly commit: string;
  /** Commits of main that no version has and whose change the restore commit takes away, as people know them. */
  readonly covers: readonly string[];
  readonly data: DataWay;
  /** What becomes of Stripe's deliveries meanwhile; left out where there is no Stripe. */
  readonly webhooks?: WebhookWay;
  /** False when the database is left alone on purpose (--db none): then it is not even asked. */
  readonly readsData: boolean;
  /** How many migrations the database had when this was planned; left out where nobody asked. */
  readonly applied?: number;
  readonly at: string;
  readonly reason: string;
  readonly severity: string;
  /** Who gave the command; left out where nobody did, as in a rehearsal. */
  readonly orderedBy?: string;
  /** Who commands the incident, by name; left out where nobody is on record. */
  readonly commander?: string;
  /** When it was detected what is rolled back (ISO); left out where nobody recorded it. */
  readonly detectedAt?: string;
  /** Role → name, as the release that is left had them; left out where nobody was assigned. */
  readonly assigned?: Readonly<Record<string, string>>;
  readonly configDigest: string;
  readonly run: string;
  /** How long entries took in earlier runs, in ms by name; left out where nobody looked. */
  readonly earlier?: ReadonlyMap<string, number>;
}

/** The tree of the earlier version on top of main, so that no later release brings back what is left. */
function mainBack(facts: RollbackFacts, { source }: Runbook): PlanEntry {
  const { to: version, main, at, reason, covers } = facts;
  const order = { mainBranch: source.main, version, main, at, reason, covers: [...covers] };
  return restoreVersion.with(order, { name: 'restore-commit', usualMs: 10_000 });
}

function codeBack(facts: RollbackFacts, runbook: Runbook, env: string): PlanEntry[] {
  const version = bareVersion(facts.to);
  const isPushed = !facts.treeIsThere && !facts.isCodeAway;
  const order = { env, version, commitOf: 'restore-commit', commit: isPushed ? '' : facts.commit };
  const host = runbook.environments[env]?.host !== undefined;
  return [
    ...(isPushed ? [mainBack(facts, runbook)] : []),
    ...(host
      ? [
          publish.with(order, { name: 'publish', usualMs: 240_000 }),
          proveLive.with({ env, version, commitOf: 'publish' }, { name: 'prove-live', redoes: 'publish' }),
        ]
      : []),
  ];
}

/**
 * The same once more, now that the earlier code answers: it may have started without them, and the first time may have
 * failed. Nobody may write while data are taken back, so that there a refusal ends the run.
 */
function holdOn({ data }: RollbackFacts, { environments }: Runbook, env: string): PlanEntry[] {
  const environment = environments[env];
  const takesData = data.kind !== 'none';
  const kept = {
    name: 'maintenance-kept',
    title: 'See that maintenance mode is still on',
    onFailure: takesData ? 'stop' : 'warn',
  } as const;
  const paused = { name: 'jobs-kept', title: 'See that background jobs still pause' };
  return [
    ...(environment?.maintenance ? [maintenanceOn.with({ env }, kept)] : []),
    ...(takesData && environment?.jobs ? [pauseJobs.with({ env }, paused)] : []),
  ];
}

/** What the plan rests on must still be so once this run has the right to act (E-88). */
const holdsStill = (
  { main, applied, isCodeAway }: RollbackFacts,
  { source }: Runbook,
  env: string,
): PlanEntry[] => [
  ...(isCodeAway ? [] : [seeMain.with({ mainBranch: source.main, main }, { name: 'main-as-planned' })]),
  ...(applied === undefined
    ? []
    : [seeSchema.with({ env, applied }, { name: 'schema-as-planned', ...unlessShown('E_PLAN_STALE') })]),
];

/** Synthetic proof before anybody is let in again (E-22, RBV rows). */
function verify(facts: RollbackFacts, runbook: Runbook, env: string): PlanEntry[] {
  const environment = runbook.environments[env];
  const version = bareVersion(facts.to);
  return [
    // Behind maintenance still: an export that no job makes would fail the smoke tests (E-82).
    ...(environment?.jobs ? [resumeJobs.with({ env }, { name: 'resume-jobs' })] : []),
    ...deliverAgain(facts.webhooks, env),
    ...(runbook.smoke && environment?.host
      ? [
          warmUp.with({ env }, { name: 'warm-up' }),
          smokeTest.with({ env, version, variant: 'rollback' }, { name: 'smoke', usualMs: 60_000 }),
          gate('smoke', 'The earlier version works', 'gate-smoke'),
        ]
      : []),
  ];
}

/** Whether Stripe's webhook can be asked at all. */
function paymentsOf({ webhooks }: RollbackFacts, canSign: boolean): string {
  if (webhooks === undefined || webhooks.kind === 'none') return 'none';
  return canSign ? 'signed' : 'no secret';
}

/**
 * The way back (RBX rows, corrections 2.2 "Rollback flow"): tell, stop what comes in, code, data, verify, reopen,
 * tell. Never a forced push, never a restore that was not asked for.
 */
export function planRollback(facts: RollbackFacts, runbook: Runbook, env: string): Plan {
  const environment = runbook.environments[env];
  const maintained = environment?.maintenance !== undefined;
  const { first, restored, last } = compareData(facts, facts.to, runbook, env);
  const canSign = environment?.stripe?.webhookSecret !== undefined;
  const entries = [
    ...tellBeside(runbook, 'rollback-start', 'announce', facts),
    ...holdsStill(facts, runbook, env),
    ...holdBack(facts.webhooks, runbook, env),
    ...tellStatusPage('identified', runbook, env, ['maintenance-on', 'traffic-away']),
    ...first,
    ...codeBack(facts, runbook, env),
    ...holdOn(facts, runbook, env),
    ...dataBack(facts.data, env, environment?.host !== undefined),
    ...restored,
    ...tellBeside(runbook, 'rollback-progress', 'progress', facts, 'announce'),
    ...last,
    ...verify(facts, runbook, env),
    ...(maintained
      ? [maintenanceOff.with({ env }, { name: 'maintenance-off', provenBy: 'prove-live' })]
      : []),
    ...(environment?.traffic
      ? [trafficNormal.with({ env }, { name: 'traffic-normal', provenBy: 'prove-live' })]
      : []),
    ...seeDelivered(facts.webhooks, env, canSign),
    // Said of what answers: where nobody proves that, a person tells the page.
    ...(environment?.host ? tellStatusPage('monitoring', runbook, env) : []),
    ...tellBeside(runbook, 'rollback-complete', 'complete', facts),
    ...briefSupport(facts, runbook, environment?.protected === true),
    // Last, because nobody knows when the remote comes back; until then the run is open, and no release begins.
    ...(facts.isCodeAway ? [mainBack(facts, runbook)] : []),
  ];
  const timed = withEarlierTimes(entries, facts.earlier);
  const { from, to, main, configDigest, data } = facts;
  const reads = readsOf(facts, runbook, env);
  const basis = { main, from, configDigest, data: data.kind, reads, payments: paymentsOf(facts, canSign) };
  return makePlan({ command: 'rollback', service: runbook.service, env, version: to, from, basis }, timed);
}
