import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { openDeveloper } from '../support/scenarios/developer.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { openSecondMachine } from '../support/scenarios/second-machine.ts';

let scenario: Scenario;

const DECIDERS = [
  ['pat', 'product-owner'],
  ['robin', 'engineering-lead'],
  ['sam', 'devops-lead'],
] as const;

/** Signs nothing here; without a key nobody could say that decision 2 can be signed. */
const DEPLOYMENT_LEAD = 'alex';

const keyOf = (name: string): string => join(scenario.folder, `key-${name}`);

/** The deciders' public keys come to main, and main into the release, which is tested anew. */
async function allowSigners(): Promise<void> {
  const developer = openDeveloper(scenario);
  const lines = [...DECIDERS.map(([name]) => name), DEPLOYMENT_LEAD].map((name) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', keyOf(name)]);
    return `${name}@example.com ${readFileSync(`${keyOf(name)}.pub`, 'utf8')}`;
  });
  developer.git('checkout', '--quiet', 'main');
  developer.commit('Who may sign', { allowed_signers: () => lines.join('') });
  developer.git('push', '--quiet', 'origin', 'main');
  developer.git('checkout', '--quiet', 'release/v2.1.0');
  developer.git('merge', '--quiet', '--no-ff', '-m', 'Merge main into release/v2.1.0', 'main');
  await developer.offer('v2.1.0', 9);
}

beforeAll(async () => {
  scenario = await openScenario();
  const file = scenario.world.config;
  const config = parse(readFileSync(file, 'utf8'));
  config.decisions['1'].required = true;
  config.approvals = { ...config.approvals, leastProof: 'ssh-signed' };
  writeFileSync(file, stringify(config));
  await allowSigners();
});
afterAll(() => scenario?.close());

describe('a release that people sign on another machine than the one that deploys', () => {
  it('T33, DP-1a: begins when all have signed with their keys, and not before', async () => {
    const deploy = ['deploy', 'v2.1.0', '--env', 'production', '--yes', '--json'];
    const preflight = await scenario.run(['preflight', 'v2.1.0']);
    expect({ code: preflight.code, said: preflight.code === 0 ? '' : preflight.stdout }).toEqual({
      code: 0,
      said: '',
    });
    const second = openSecondMachine(scenario);
    const sign = (name: string, role: string) => {
      execFileSync('git', ['config', 'user.email', `${name}@example.com`], { cwd: second.folder });
      return second.run(['approve', 'v2.1.0', '--as', role, '--key', keyOf(name), '--yes', '--json']);
    };
    for (const [name, role] of DECIDERS.slice(0, 2)) expect((await sign(name, role)).code).toBe(0);
    const early = await scenario.run(deploy);
    expect([early.code, JSON.parse(early.stdout).error.code]).toEqual([3, 'E_NOT_APPROVED']);
    const [name, role] = DECIDERS[2];
    const last = await sign(name, role);
    expect(JSON.parse(last.stdout).result).toMatchObject({ complete: true, decision: 'GO' });
    const deployed = await scenario.run(deploy);
    expect({ code: deployed.code, stderr: deployed.code === 0 ? '' : deployed.stderr }).toEqual({
      code: 0,
      stderr: '',
    });
    expect((await second.run(['approve', 'v2.1.0', '--point', '1', '--require'])).stdout).toContain(
      'decision 1',
    );
  });
});
