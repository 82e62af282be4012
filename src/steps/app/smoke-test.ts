import { minutes, seconds } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import { defineStep, type StepContext } from '../../kit.ts';
import { runSmoke } from './smoke/run-smoke.ts';

type Input = { env: string; version: string; variant?: 'rollback' };

/** Clocks differ: what a killed try opened at Stripe may seem older than its record. */
const APART_MS = minutes(10);

/** A try that was killed could not take away what it had made; its run's name leads to it. */
const findEarlier = ({ attempt, intentAt }: StepContext): { readonly triedSince?: Date } =>
  attempt === 1 ? {} : { triedSince: new Date(Date.parse(intentAt) - APART_MS) };

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
  run: async (services, { variant, ...input }, context) => {
    context.guard();
    const { run, runbook, clock, signal, tell, facts } = context;
    const secret = (name: string) => context.secret(name);
    // What was proven to be live is what has to answer: a candidate may say its own name (PRE-15).
    const proven = facts['prove-live']?.version;
    const version = typeof proven === 'string' ? proven : input.version;
    const order = { ...input, version, run, runbook, clock, signal, tell, secret, ...findEarlier(context) };
    return (await runSmoke(services, variant ? { ...order, variant } : order)) as unknown as JsonObject;
  },
  undo: { kind: 'nothing' },
});
