import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scenario } from './open-scenario.ts';

/** A line below `By hand`, as `--json` tells it. */
interface Line {
  readonly says: string;
  readonly line: string;
}

/** The lines that an ending told, in their order. */
export const readByHand = (stdout: string): readonly Line[] =>
  (JSON.parse(stdout) as { result: { emergency: { byHand: readonly Line[] } } }).result.emergency.byHand;

const readSecrets = ({ folder }: Scenario): Record<string, string> =>
  Object.fromEntries(
    readFileSync(join(folder, '.env.runbook'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

const WHO = {
  GIT_AUTHOR_NAME: 'On Call',
  GIT_AUTHOR_EMAIL: 'oncall@example.com',
  GIT_COMMITTER_NAME: 'On Call',
  GIT_COMMITTER_EMAIL: 'oncall@example.com',
};

/**
 * Types a line as a person would whose terminal knows the secrets; rejects when it fails. The stand-ins that it talks to
 * live in this process, which must not stand still meanwhile.
 */
export async function typeLine(scenario: Scenario, line: Line | undefined): Promise<void> {
  if (line === undefined) throw new Error('there is no such line');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    // The origin of a sandbox may belong to another user of this machine.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
    ...WHO,
    ...readSecrets(scenario),
  };
  const typed = ['-c', `set -euo pipefail; ${line.line}`];
  await promisify(execFile)('bash', typed, { cwd: scenario.folder, env, timeout: 60_000 });
}
