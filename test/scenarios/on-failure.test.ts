import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { readHealth, readMigrations } from '../support/scenarios/read-world.ts';

const IN_FULL = ['--env', 'production', '--yes'];

let scenario: Scenario;
let ended: Ended;
beforeAll(async () => {
  scenario = await openScenario('file');
  await scenario.world.troubles.start('build');
  // The version of a build that failed never appears; ten minutes of waiting for it would prove nothing more.
  const config = scenario.configWith('impatient.yaml', ({ environments: { production } }) => {
    production.host.proof.deadlineSeconds = 15;
  });
  const words = ['deploy', 'v2.1.0', '--on-failure', 'rollback', '--json', ...IN_FULL];
  ended = await scenario.run([...words, '--config', config]);
});
afterAll(() => scenario?.close());

describe('F62: a deploy whose build fails after the migrations, with --on-failure rollback', () => {
  it('ends with 6, says what failed and what came back, and who agreed to it', () => {
    const told = JSON.parse(ended.stdout);
    expect({ code: ended.code, verdict: told.verdict }).toEqual({ code: 6, verdict: 'reverted' });
    expect(told.result).toMatchObject({ from: 'v2.0.3', to: 'v2.1.0', rollback: { to: 'v2.0.3' } });
    expect(told.result.rollback.steps.every((step: { status: string }) => step.status === 'done')).toBe(true);
    expect(ended.stderr).toContain('confirmed by --on-failure rollback');
  });

  it('leaves the earlier version live, its schema, and nobody locked out', async () => {
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(await readMigrations(scenario.world)).toHaveLength(4);
  });

  it('is two runs in the history, and nothing is left to go on with', async () => {
    const { stdout } = await scenario.run(['history']);
    expect(stdout).toMatch(/\trollback\tcompleted\t/);
    expect((await scenario.run(['status'])).stdout).not.toContain('--resume');
  });
});
