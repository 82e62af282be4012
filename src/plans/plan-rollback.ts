import type { Plan, PlanEntry } from '../domain/plan.ts';
import { gate, makePlan, type Runbook } from '../kit.ts';
import { smokeTest } from '../steps/app/smoke-test.ts';
import { pauseJobs, resumeJobs } from '../steps/app/switch-jobs.ts';
import { maintenanceOff, maintenanceOn } from '../steps/app/switch-maintenance.ts';
import { trafficNormal } from '../steps/app/switch-traffic.ts';
import { warmUp } from '../steps/app/warm-up.ts';
import { proveApart } from '../steps/postgres/prove-apart.ts';
import { seeSchema } from '../steps/postgres/see-schema.ts';
import { briefSupport } from './brief-support.ts';
import { codeBack, codeHolds, mainBack, numberOf } from './code-back.ts';
import { dataBack } from './data-back.ts';
import { compareData, readsOf, unlessShown } from './data-compared.ts';
import { holdBack } from './hold-back.ts';
import type { RollbackFacts } from './rollback-facts.ts';
import { tellBeside } from './tell-beside.ts';
import { tellStatusPage } from './tell-outside.ts';
import { deliverAgain, seeDelivered } from './webhooks-back.ts';
import { withEarlierTimes } from './with-earlier-times.ts';

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

const schemaHolds = ({ applied }: RollbackFacts, env: string): PlanEntry[] => [
  ...(applied === undefined
    ? []
    : [seeSchema.with({ env, applied }, { name: 'schema-as-planned', ...unlessShown('E_PLAN_STALE') })]),
];

/** What the plan rests on must still be so once this run has the right to act (E-88). */
const holdsStill = (facts: RollbackFacts, runbook: Runbook, env: string): PlanEntry[] => [
  ...codeHolds(facts, runbook),
  ...(facts.trial && facts.readsData && runbook.environments[env]?.database
    ? [proveApart.with({ env }, { name: 'apart' })]
    : []),
  ...schemaHolds(facts, env),
];

/** Synthetic proof before anybody is let in again (E-22, RBV rows). */
function verify(facts: RollbackFacts, runbook: Runbook, env: string): PlanEntry[] {
  const environment = runbook.environments[env];
  const version = numberOf(facts);
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
  // Of what is tried out nobody outside has to hear, and no incident is opened for it.
  const isTold = facts.trial === undefined;
  const tell = (template: string, name: string, thread?: string) =>
    isTold ? tellBeside(runbook, template, name, facts, thread) : [];
  const tellPage = (state: 'identified' | 'monitoring', outBy?: readonly string[]) =>
    isTold ? tellStatusPage(state, runbook, env, outBy) : [];
  const entries = [
    ...tell('rollback-start', 'announce'),
    ...holdsStill(facts, runbook, env),
    ...holdBack(facts.webhooks, runbook, env),
    ...tellPage('identified', ['maintenance-on', 'traffic-away']),
    ...first,
    ...codeBack(facts, runbook, env),
    ...holdOn(facts, runbook, env),
    ...dataBack(facts.data, env, environment?.host !== undefined),
    ...restored,
    ...tell('rollback-progress', 'progress', 'announce'),
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
    ...(environment?.host ? tellPage('monitoring') : []),
    ...tell('rollback-complete', 'complete'),
    ...briefSupport(facts, runbook, environment?.protected === true),
    // Last, because nobody knows when the remote comes back; until then the run is open, and no release begins.
    ...(facts.isCodeAway && isTold ? [mainBack(facts, runbook)] : []),
  ];
  const timed = withEarlierTimes(entries, facts.earlier);
  const { from, to, main, configDigest, data } = facts;
  const reads = readsOf(facts, runbook, env);
  const basis = { main, from, configDigest, data: data.kind, reads, payments: paymentsOf(facts, canSign) };
  return makePlan({ command: 'rollback', service: runbook.service, env, version: to, from, basis }, timed);
}
