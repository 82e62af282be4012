import type { Clock } from '../../../domain/clock.ts';
import { ReleaseError } from '../../../domain/failure.ts';
import type { Runbook, Services } from '../../../kit.ts';
import type { Timed } from '../../../services/web/port.ts';
import type { Call, Created } from './call.ts';
import type { Pass } from './first-pass.ts';
import { type Choice, whyLeftOut } from './leave-out.ts';
import { bypassOf, startingValues } from './starting-values.ts';
import type { TimedWrite } from './timed-write.ts';

export type SmokeServices = Pick<Services, 'web' | 'stripe'>;

export interface SmokeOrder extends Choice {
  readonly env: string;
  /** With or without `v`; what /health must answer. */
  readonly version: string;
  readonly run: string;
  readonly runbook: Runbook;
  readonly clock: Clock;
  /** Ends the sending; what was created is taken away all the same. */
  readonly signal: AbortSignal;
  /** Ends the taking away as well; the rest is listed. */
  readonly leave?: AbortSignal;
  readonly secret: (name: string) => string;
  readonly tell: (said: string) => void;
  readonly samples?: number;
  /** How often a call that writes is sent; undefined: as the scenario says. */
  readonly writeSamples?: number;
  /** What a rollback wants of it, whose users wait. */
  readonly variant?: 'rollback';
  /** A try of this run before this one was cut off: what it made is looked for and taken away as well. */
  readonly triedSince?: Date;
  /** True: records of the application stay, for somebody who wants to look at them. */
  readonly keeps?: boolean;
  /** Given every answer that was timed, moment by moment: those of the lanes, and of calls that write. */
  readonly onTimed?: (lanes: readonly Timed[], writes: readonly TimedWrite[]) => void;
}

const notConfigured = (): ReleaseError =>
  new ReleaseError('E_SMOKE_OFF', {
    what: 'No smoke scenario is configured.',
    why: 'runbook.config.yaml has no `smoke:` part, so nothing would be proven.',
    next: 'Describe the calls under smoke.calls (docs/smoke.md).',
    state: 'untouched',
  });

/** The configured scenario; throws E_SMOKE_OFF where there is none. */
export function findScenario({ smoke }: Runbook): NonNullable<Runbook['smoke']> {
  if (smoke === undefined) throw notConfigured();
  return smoke;
}

/** A pass that is ready to be sent; throws E_SMOKE_OFF. `noMoney` says why no checkout may be opened. */
export function makePass(services: SmokeServices, order: SmokeOrder, noMoney?: string): Pass {
  const { runbook, env, clock, signal } = order;
  const environment = runbook.environments[env];
  const { calls, concurrency, deadlineSeconds } = findScenario(runbook);
  if (environment === undefined) throw notConfigured();
  const over = AbortSignal.timeout(deadlineSeconds * 1000);
  const bypass = bypassOf(environment, order);
  const known = startingValues(environment, order);
  const leaveOut = (call: Call): string | undefined =>
    whyLeftOut(call, environment, order) ?? (call.needs === 'checkout-price' ? noMoney : undefined);
  return {
    calls,
    concurrency,
    clock,
    tell: order.tell,
    leaveOut,
    sending: { services, env, known, signal: AbortSignal.any([signal, over]), bypass },
    created: [] as Created[],
    writes: [] as TimedWrite[],
    stop: signal,
    over,
  };
}
