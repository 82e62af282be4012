import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { isRehearsal, takePicture } from '../support/scenarios/read-world.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario('file');
});
afterAll(() => scenario?.close());

type Trouble = Parameters<Scenario['world']['troubles']['start']>[0];

/** What the checks of a room say while something is broken, and what the one that found it says afterwards. */
async function preflightWith(trouble: Trouble, check: string, ...words: readonly string[]) {
  const { troubles } = scenario.world;
  await troubles.start(trouble);
  const room = `${check.split('.')[0]}.*`;
  const broken = await scenario.run(['preflight', 'v2.1.0', '--only', room, '--json', ...words]);
  await troubles.end(trouble);
  const mended = await scenario.run(['preflight', 'v2.1.0', '--only', check, ...words]);
  const answer = JSON.parse(broken.stdout);
  const found = answer.result.checks.find((one: { check: string }) => one.check === check);
  return { code: broken.code, answer, found, mended };
}

describe('preflight of a release that is ready', () => {
  it('says GO with exit 0, and writes nowhere but into its ledger', async () => {
    const { world } = scenario;
    const before = await takePicture(world);
    const { code, stdout } = await scenario.run(['preflight', 'v2.1.0']);
    expect(stdout).toMatch(/^ {2}GO {3}(?:\d+ warned · )?\d+ passed/m);
    expect(code).toBe(0);
    expect(await takePicture(world)).toEqual(before);
    expect(world.neon.calls.filter((call) => call.method !== 'GET' && !isRehearsal(call))).toEqual([]);
    expect(world.slack.calls.filter(({ path }) => path.includes('chat.'))).toEqual([]);
    expect(new Set(world.stripe.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('plans its checks without a single request', async () => {
    const { world } = scenario;
    const asked = () => [world.neon, world.stripe, world.slack].map(({ calls }) => calls.length);
    const before = asked();
    const { code, stdout } = await scenario.run(['preflight', 'v2.1.0', '--plan']);
    expect(code).toBe(0);
    expect(stdout).toContain('payments.stripe-key');
    expect(asked()).toEqual(before);
  });
});

describe('preflight while something is broken', () => {
  it('ENV-01: holds while the application does not answer, and names the check that got no answer', async () => {
    const { code, answer, found, mended } = await preflightWith('app', 'app.health');
    expect({ code, exitCode: answer.exitCode }).toEqual({ code: 3, exitCode: 3 });
    expect(answer.verdict).not.toBe('go');
    expect(answer.result.because).toContain('app.health');
    expect(found.remedy).not.toBe('');
    expect(mended).toMatchObject({ code: 0 });
  });

  it('ENV-08: refuses while a query waits longer than the limit, and names the session that holds it', async () => {
    const strict = scenario.configWith('strict.yaml', ({ thresholds }) => {
      thresholds.blockingSeconds = 0.05;
    });
    const { code, answer, found, mended } = await preflightWith(
      'query',
      'database.blocking-queries',
      '--config',
      strict,
    );
    expect({ code, verdict: answer.verdict, exitCode: answer.exitCode }).toEqual({
      code: 3,
      verdict: 'no-go',
      exitCode: 3,
    });
    expect(found.said).toMatch(/^1 blocked for up to .* \(limit 0\.05 s\): pid \d+/);
    expect(found.remedy).toMatch(/pid \d+ \(idle in transaction, nightly-report\)/);
    expect(mended).toMatchObject({ code: 0 });
  });

  it('E-57: refuses a revoked Stripe key as a failure, because a key that is not accepted takes no money', async () => {
    const { code, answer, found, mended } = await preflightWith('stripe-key', 'payments.stripe-key');
    expect({ code, verdict: answer.verdict, exitCode: answer.exitCode }).toEqual({
      code: 3,
      verdict: 'no-go',
      exitCode: 3,
    });
    expect(found).toMatchObject({ outcome: 'fail', said: 'Stripe refused the key (HTTP 401)' });
    expect(found.remedy).toContain('create a new one');
    expect(mended).toMatchObject({ code: 0 });
  });

  it('E-83: refuses while the webhook endpoint is disabled in Stripe, and says to replay the gap', async () => {
    const { code, answer, found, mended } = await preflightWith('webhook', 'payments.webhook-enabled');
    expect({ code, verdict: answer.verdict, because: answer.result.because }).toEqual({
      code: 3,
      verdict: 'no-go',
      because: ['payments.webhook-enabled'],
    });
    expect(found).toMatchObject({ outcome: 'fail', remedy: expect.stringContaining('replay') });
    expect(mended).toMatchObject({ code: 0 });
  });

  it('is GO again once all of it is mended', async () => {
    expect(await scenario.run(['preflight', 'v2.1.0'])).toMatchObject({ code: 0 });
  });
});

describe('secrets', () => {
  it('stand in nothing that any of these runs has said or left', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
