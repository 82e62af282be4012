import { describe, expect, it } from 'vitest';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import type { Check } from '../../../src/kit.ts';
import { answering } from '../../support/test-wired.ts';
import { makeCliWorld, tagOf } from '../cli-world.ts';

const MINUTE = 60_000;
const WINDOW = { days: ['Wed'], from: '10:00', to: '14:00', lastStartBefore: 60, postponeHours: [24, 48] };

/** A deploy whose question is answered `minutes` after it was put. */
async function answerAfter(minutes: number, checks: readonly Check[], window?: typeof WINDOW) {
  const world = makeCliWorld({
    branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
    tags: [tagOf('v2.0.3')],
    checks,
  });
  const { context, wired, time } = world;
  const ask = {
    ...context.ask,
    type: async () => {
      await time.advance(minutes * MINUTE);
      return 'production';
    },
  };
  const able = { ...context, ask, terminal: { ...context.terminal, canAsk: true } };
  const runbook = { ...wired.runbook, ...(window === undefined ? {} : { window }) } as typeof wired.runbook;
  const { args, options } = parseWords(['deploy', 'v2.1.0'], {});
  const result = await runDeploy(args, options, able, { ...wired, runbook }).catch((error: unknown) => error);
  return { result, wasBegun: world.entriesOf('run.planned').length > 0, now: wired.clock.now() };
}

describe('a yes to a deploy', () => {
  it('E-03: counts while its preflight does, and begins nothing afterwards', async () => {
    const checks = [answering('app.health', 'pass')];
    expect(await answerAfter(44, checks)).toMatchObject({ wasBegun: true });
    expect(await answerAfter(46, checks)).toMatchObject({
      wasBegun: false,
      result: { code: 'E_PLAN_STALE' },
    });
  });

  it('leaves time to read the plan when an answer counts for seconds alone', async () => {
    const checks = [{ ...answering('app.health', 'pass'), freshForMs: 1000 }];
    expect(await answerAfter(4, checks)).toMatchObject({ wasBegun: true });
  });

  it('E-05: is refused when the window has closed over the question', async () => {
    const checks = [answering('app.health', 'pass'), answering('people.window-open', 'pass')];
    const closed = { ...WINDOW, days: ['Sun'] };
    expect(await answerAfter(1, checks, closed)).toMatchObject({
      wasBegun: false,
      result: { code: 'E_PLAN_STALE' },
    });
    expect(await answerAfter(1, checks.slice(0, 1), closed)).toMatchObject({ wasBegun: true });
  });
});
