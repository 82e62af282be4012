import { minutes, seconds } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import { defineStep, type StepContext } from '../../kit.ts';
import { runSmoke, type SmokeReport } from './smoke/run-smoke.ts';

type Input = { env: string; version: string };

/** A try that was killed could not take away what it had made; only its run's name leads to it. */
function withLeftovers(report: SmokeReport, { attempt, run }: StepContext): SmokeReport {
  if (attempt === 1) return report;
  const left = [...report.cleanup.left, `what a killed try may have made; it carries the name ${run}`];
  return { ...report, cleanup: { ...report.cleanup, left } };
}

/**
 * The smoke tests as an entry of a plan (DAY-28). It records what it saw; the gate behind it decides, so that a bad
 * result is kept as evidence. May be repeated: what it creates carries the run's name and is taken away.
 */
export const smokeTest = defineStep<'web' | 'stripe', Input, JsonObject>({
  id: 'app.smoke-test',
  def: 1,
  needs: ['web', 'stripe'],
  effect: 'repeatable',
  settleMs: 0,
  timeoutMs: minutes(6),
  // Records that were made in production are taken away even when the tests are cut off (E-72).
  tidiesMs: seconds(12),
  stop: 'safe',
  title: ({ version }) => `Smoke tests against ${version}`,
  run: async (services, { env, version }, context) => {
    context.guard();
    const { run, runbook, clock, signal, tell } = context;
    const secret = (name: string) => context.secret(name);
    const report = await runSmoke(services, { env, version, run, runbook, clock, signal, tell, secret });
    return withLeftovers(report, context) as unknown as JsonObject;
  },
  undo: { kind: 'nothing' },
});
