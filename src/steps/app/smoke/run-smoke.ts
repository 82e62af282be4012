import { judgeSuite } from '../../../domain/smoke/judge-suite.ts';
import type { CleanUp } from './clean-up.ts';
import { type Pass, passOnce } from './first-pass.ts';
import { guardMoney } from './guard-money.ts';
import { findScenario, makePass, type SmokeOrder, type SmokeServices } from './make-pass.ts';
import { type EndpointReport, reportCall } from './report-call.ts';
import { takeSamples } from './take-samples.ts';
import { tidyUp } from './tidy-up.ts';

export type SmokeReport = {
  readonly call: 'go' | 'hold' | 'no-go';
  readonly version: string;
  readonly requests: number;
  readonly tookMs: number;
  /** Kept connections that the server was just closing; each request was sent once more (benchmarks T4). */
  readonly stale: number;
  readonly endpoints: readonly EndpointReport[];
  readonly cleanup: CleanUp;
};

/** How often each call is sent, for a deploy or for a rollback. */
function chooseSampling({ runbook, variant, ...typed }: SmokeOrder, tookMs: number) {
  const smoke = findScenario(runbook);
  const { samples, writeSamples, p95 } = variant === undefined ? smoke : smoke.rollback;
  const { everyMs, spreadSeconds, deadlineSeconds } = smoke;
  const leftMs = Math.max(0, deadlineSeconds * 1000 - tookMs);
  return {
    samples: typed.samples ?? samples,
    writeSamples: typed.writeSamples ?? writeSamples,
    p95,
    everyMs,
    spreadSeconds,
    leftMs,
  };
}

/** One pass, and then the samples. */
async function askAll(pass: Pass, order: SmokeOrder, started: number) {
  const passed = await passOnce(pass);
  const { p95, ...sampling } = chooseSampling(order, pass.clock.monotonic() - started);
  order.tell(`${sampling.samples} samples of each call that changes nothing`);
  const sampled = await takeSamples(pass, passed, sampling);
  order.onTimed?.(sampled.timed, sampled.writes);
  const endpoints = pass.calls.map((call) =>
    reportCall(call, passed.get(call.id) ?? {}, sampled, order.runbook, p95),
  );
  const first = [...passed.values()].filter(({ sample }) => sample !== undefined).length;
  const more = [...sampled.samples.values()].reduce((sum, list) => sum + list.length, 0);
  const requests = first + more + Object.keys(sampled.coldMs).length;
  return { endpoints, requests, stale: sampled.stale };
}

/**
 * The smoke tests of the runbook: every call as soon as it can be sent, then enough samples for a P95, then what was created is
 * taken away again, whatever happened (SMK, PER rows; E-24, E-71, E-72).
 */
export async function runSmoke(services: SmokeServices, order: SmokeOrder): Promise<SmokeReport> {
  const { clock, runbook, env } = order;
  const started = clock.monotonic();
  const began = clock.now();
  const environment = runbook.environments[env];
  const noMoney = environment && (await guardMoney(services, env, environment, findScenario(runbook).calls));
  const pass = makePass(services, order, noMoney);
  const asked = await askAll(pass, order, started).catch(async (error: unknown) => {
    const { left, kept = [] } = await tidyUp(pass, order, began);
    for (const one of [...left, ...kept]) order.tell(`left behind: ${one}`);
    throw error;
  });
  return {
    call: judgeSuite(asked.endpoints.map((one) => one.state)),
    version: order.version,
    tookMs: Math.round(clock.monotonic() - started),
    ...asked,
    cleanup: await tidyUp(pass, order, began),
  };
}
