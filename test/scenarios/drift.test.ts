import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { takePicture } from '../support/scenarios/read-world.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario('file');
});
afterAll(() => scenario?.close());

async function look(...words: readonly string[]) {
  const { code, stdout, stderr } = await scenario.run(['drift', '--json', ...words]);
  const answer = JSON.parse(stdout);
  const names = answer.result.changes.map(({ op, key }: { op: string; key: string }) => `${op} ${key}`);
  return { code, verdict: answer.verdict, exitCode: answer.exitCode, names, answer, stderr };
}
const alerts = (): number =>
  scenario.world.slack.calls.filter(({ path }) => path.includes('chat.postMessage')).length;
const clean = { code: 0, verdict: 'clean', exitCode: 0, names: [] };

// One world, in the order of a story: each part stands on the one before.
describe('drift of an application', () => {
  it('E-64: has no baseline at first, says so, and ends with 3', async () => {
    const { code, stdout } = await scenario.run(['drift']);
    expect(code).toBe(3);
    expect(stdout).toContain('no set-up was accepted yet');
    expect(stdout).toContain('release drift --env production --accept');
  });

  it('DRF-04: is clean after a person accepted the set-up; nothing but the ledger was written', async () => {
    const { world } = scenario;
    const before = await takePicture(world);
    const accepted = await scenario.run(['drift', '--accept', '--reason', 'first baseline', '--yes']);
    expect(accepted).toMatchObject({ code: 0 });
    expect(accepted.stderr).toContain('confirmed by --yes');
    expect(await look()).toMatchObject(clean);
    expect(await takePicture(world)).toEqual(before);
    expect(new Set(world.stripe.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(alerts()).toBe(0);
  });

  it('DRF-02, DRF-03, DRF-05: names a required secret that vanished, and tells people once', async () => {
    await scenario.world.troubles.start('lost-secret');
    const found = await look('--notify');
    expect(found).toMatchObject({
      code: 3,
      verdict: 'drifted',
      exitCode: 3,
      names: ['removed NEON_API_KEY'],
    });
    expect(alerts()).toBe(1);
    expect(scenario.world.slack.asText()).toContain('NEON_API_KEY');
    expect(await look('--notify')).toMatchObject({ code: 3, names: ['removed NEON_API_KEY'] });
    expect(alerts()).toBe(1);
  });

  it('HOP-24: a release does not go ahead without it', async () => {
    const { code, stdout } = await scenario.run(['preflight', 'v2.1.0', '--only', 'drift.*', '--json']);
    const { verdict, result } = JSON.parse(stdout);
    expect({ code, verdict, because: result.because }).toEqual({
      code: 3,
      verdict: 'no-go',
      because: ['drift.secrets'],
    });
  });

  it('DRF-06, DRF-07: opens the ticket once, with what puts it right', async () => {
    const { stdout, code } = await scenario.run(['drift', '--issue']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/Ticket {4}#\d+ opened: http/);
    expect(stdout).toContain('Put back  NEON_API_KEY in production');
    expect((await scenario.run(['drift', '--issue'])).stdout).toContain('is open already: http');
    const tickets = scenario.world.github
      .issues()
      .filter(({ title }) => title.startsWith('Configuration drift'));
    expect(tickets.map(({ title }) => title)).toEqual(['Configuration drift: RuR2, production: 1 change']);
    expect(tickets[0]?.body).toContain('release drift --env production --accept');
  });

  it('DRF-04: is clean again when it is back', async () => {
    await scenario.world.troubles.end('lost-secret');
    expect(await look()).toMatchObject(clean);
  });

  it('DRF-04: names a webhook that was disabled', async () => {
    await scenario.world.troubles.start('webhook');
    expect(await look()).toMatchObject({ code: 3, names: ['changed we_sandbox'] });
    await scenario.world.troubles.end('webhook');
    expect(await look()).toMatchObject(clean);
  });

  it('E-64: what cannot be read is not known, and never gone', async () => {
    await scenario.world.troubles.start('app');
    const found = await look();
    await scenario.world.troubles.end('app');
    expect(found).toMatchObject({ code: 3, verdict: 'unknown', names: [] });
    expect(found.answer.result.unknown.map(({ check }: { check: string }) => check)).toContain(
      'drift.secrets',
    );
  });

  it('E-64: what a release brings itself needs nothing from a person; what a hand adds to it does', async () => {
    const deployed = await scenario.run(['deploy', 'v2.1.0', '--env', 'production', '--yes']);
    expect(deployed).toMatchObject({ code: 0 });
    const found = await look();
    expect(found).toMatchObject(clean);
    expect(found.answer.result.explained).toMatchObject({ by: ['v2.1.0'] });
    expect(found.answer.result.explained.changes.length).toBeGreaterThan(0);
    await scenario.world.cluster.query('rur2', 'alter table assessments add column by_hand text');
    expect(await look()).toMatchObject({ code: 3, names: ['added column assessments.by_hand'] });
  });

  it('T02: no secret is in anything that was said or kept', async () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
