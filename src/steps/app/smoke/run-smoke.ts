import type { Clock } from '../../../domain/clock.ts';
import { ReleaseError } from '../../../domain/failure.ts';
import { plural } from '../../../domain/plural.ts';
import { doesWrite, type EndpointVerdict, judgeEndpoint, judgeSuite } from '../../../domain/smoke.ts';
import { bareVersion } from '../../../domain/version.ts';
import type { Environment, Runbook, Services } from '../../../kit.ts';
import { type CleanUp, cleanUp } from './clean-up.ts';
import { findLeft } from './find-left.ts';
import { type CallResult, type Created, runScenario } from './run-scenario.ts';
import type { Call, Sending } from './send-call.ts';

/** Longest time that taking away may last, also after Ctrl-C (ux 2.12). */
const TIDY_MS = 10_000;

export type EndpointReport = EndpointVerdict & {
  readonly id: string;
  readonly row: string;
  readonly endpoint: string;
  readonly limits: { readonly p95Ms: number; readonly maxMs: number; readonly errorPercent: number };
  readonly coldMs: number | null;
};

export type SmokeReport = {
  readonly call: 'go' | 'hold' | 'no-go';
  readonly version: string;
  readonly requests: number;
  readonly tookMs: number;
  readonly endpoints: readonly EndpointReport[];
  readonly cleanup: CleanUp;
};

export interface SmokeOrder {
  readonly env: string;
  /** With or without `v`; what /health must answer. */
  readonly version: string;
  readonly run: string;
  readonly runbook: Runbook;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly secret: (name: string) => string;
  readonly tell: (said: string) => void;
  readonly samples?: number;
  readonly readOnly?: boolean;
  readonly only?: (id: string) => boolean;
  /** A try of this run before this one was cut off: what it made is looked for and taken away as well. */
  readonly triedSince?: Date;
}

/** Why a call is left out; each is shown, none counts as passed. */
function whyLeftOut(call: Call, environment: Environment, order: SmokeOrder): string | undefined {
  const account = environment.smoke;
  if (order.only && !order.only(call.id)) return 'not asked for';
  if (order.readOnly && doesWrite(call)) return 'read only';
  if ((call.needs === 'stripe' || call.signed) && !environment.stripe?.webhookSecret)
    return 'Stripe is not configured here';
  if (call.needs === 'checkout-price' && !account?.checkoutPrice)
    return 'no checkout price is configured: not proven';
  if (call.needs === 'admin-token' && !account?.adminToken) return 'no admin token is configured: not proven';
  return undefined;
}

function startingValues(environment: Environment, order: SmokeOrder): Map<string, string | number> {
  const account = environment.smoke;
  const known = new Map<string, string | number>([
    ['version', bareVersion(order.version)],
    ['run', order.run],
    ['now', order.clock.now().getTime()],
  ]);
  if (account === undefined) return known;
  known.set('email', order.secret(account.user)).set('password', order.secret(account.password));
  if (account.adminToken) known.set('adminToken', order.secret(account.adminToken));
  if (account.checkoutPrice) known.set('checkoutPrice', account.checkoutPrice);
  return known;
}

function bypassOf(environment: Environment, secret: SmokeOrder['secret']): Record<string, string> {
  const bypass = environment.maintenance?.bypass;
  return bypass ? { [bypass.header]: secret(bypass.value) } : {};
}

function reportCall(result: CallResult, runbook: Runbook, needed: number): EndpointReport {
  const { call, samples, notRun, coldMs } = result;
  const budget = runbook.budgets[call.budget];
  const p95Ms = budget?.p95Ms ?? 1000;
  const limits = { p95Ms, maxMs: budget?.maxMs ?? p95Ms * 2, errorPercent: budget?.errorPercent ?? 0 };
  const rule = {
    limits,
    needed: doesWrite(call) ? 1 : needed,
    closePercent: runbook.smoke?.closePercent ?? 90,
  };
  const verdict = judgeEndpoint(samples, rule);
  const optional = notRun !== undefined && !notRun.startsWith('needs ');
  const state = optional ? ('skip' as const) : verdict.state;
  return {
    ...verdict,
    state,
    said: notRun ?? verdict.said,
    id: call.id,
    row: call.row,
    endpoint: `${call.method} ${call.path}`,
    limits,
    coldMs: coldMs === undefined ? null : Math.round(coldMs),
  };
}

const notConfigured = (): ReleaseError =>
  new ReleaseError('E_SMOKE_OFF', {
    what: 'No smoke scenario is configured.',
    why: 'runbook.config.yaml has no `smoke:` part, so nothing would be proven.',
    next: 'Describe the calls under smoke.calls (docs/config.md).',
    state: 'untouched',
  });

/** The configured scenario; throws E_SMOKE_OFF where there is none. */
export function findScenario({ smoke }: Runbook): NonNullable<Runbook['smoke']> {
  if (smoke === undefined) throw notConfigured();
  return smoke;
}

/** What this try made, and then what a killed one before it made. */
async function tidyUp(
  created: readonly Created[],
  calls: readonly Call[],
  sending: Sending,
  { triedSince: since, run, tell }: SmokeOrder,
): Promise<CleanUp> {
  const own = await cleanUp(created, sending);
  if (since === undefined) return own;
  const { found, unsure } = await findLeft(calls, sending, { run, since });
  const others = await cleanUp(found, sending);
  if (others.deleted > 0) tell(`taken away what a killed try had made: ${plural(others.deleted, 'record')}`);
  return {
    created: own.created + others.created,
    deleted: own.deleted + others.deleted,
    found: others.created,
    left: [...new Set([...own.left, ...others.left, ...unsure])],
  };
}

/**
 * The smoke tests of the runbook: every call in order, then enough samples for a P95, then what was created is
 * taken away again (SMK, PER rows; E-24, E-71, E-72).
 */
export async function runSmoke(
  services: Pick<Services, 'web' | 'stripe'>,
  order: SmokeOrder,
): Promise<SmokeReport> {
  const { runbook, env, clock, signal } = order;
  const environment = runbook.environments[env];
  const scenario = findScenario(runbook);
  if (environment === undefined) throw notConfigured();
  const started = clock.monotonic();
  const samples = order.samples ?? scenario.samples;
  const known = startingValues(environment, order);
  const sending = { services, env, known, signal, bypass: bypassOf(environment, order.secret) };
  const created: Created[] = [];
  const mine = scenario.calls.filter((call) => whyLeftOut(call, environment, order) === undefined);
  const tidy = () => tidyUp(created, mine, { ...sending, signal: AbortSignal.timeout(TIDY_MS) }, order);
  const options = {
    ...scenario,
    samples,
    clock,
    tell: order.tell,
    leaveOut: (call: Call) => whyLeftOut(call, environment, order),
  };
  const results = await runScenario(sending, options, created).catch(async (error: unknown) => {
    const { left } = await tidy();
    for (const one of left) order.tell(`left behind: ${one}`);
    throw error;
  });
  const endpoints = results.map((result) => reportCall(result, runbook, samples));
  return {
    call: judgeSuite(endpoints.map((one) => one.state)),
    version: order.version,
    requests: results.reduce((sum, result) => sum + result.samples.length, 0),
    tookMs: Math.round(clock.monotonic() - started),
    endpoints,
    cleanup: await tidy(),
  };
}
