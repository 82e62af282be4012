import { cpSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';

const IN_FULL = ['--env', 'production', '--yes'];

let scenario: Scenario;
let before: Before;
beforeAll(async () => {
  scenario = await openScenario();
  before = noteBefore(scenario);
});
afterAll(() => scenario?.close());

/** An installation of the program, as npm makes one. */
function install(folder: string): string {
  mkdirSync(folder);
  for (const part of ['bin', 'dist', 'templates', 'package.json'])
    cpSync(part, join(folder, part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin/release.js');
}

describe('an upgrade of the program in the middle of a deploy', () => {
  it('F79: takes every file away, and the run goes on to its end: nothing is loaded once the lock is taken', async () => {
    const installed = join(scenario.folder, 'installed');
    const deploy = scenario.start(['deploy', 'v2.1.0', ...IN_FULL], { bin: install(installed) });
    await deploy.said(/STEP \S+ start/);
    renameSync(installed, join(scenario.folder, 'replaced'));
    const { code, stderr } = await deploy.ended;
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(readdirSync(scenario.folder)).not.toContain('installed');
    await expectOnce(scenario, before);
  });
});
