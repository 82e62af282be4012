import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../../src/cli/commands/completion.ts';
import { scriptFor } from '../../../src/cli/complete/scripts.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTestContext } from '../../support/test-context.ts';

let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-shells-'));
  mkdirSync(join(folder, 'bin'));
  const program = `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/release.js')}" "$@"\n`;
  writeFileSync(join(folder, 'bin/release'), program);
  chmodSync(join(folder, 'bin/release'), 0o755);
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });
  git('init', '--quiet');
  git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '--quiet', '--allow-empty', '-m', 'one');
  for (const tag of ['v2.0.3', 'v2.1.0', ['v2$(touch', '{IFS}pwned)'].join('$')]) git('tag', tag);
  env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash would put into the line; `words` as it takes a line apart. */
const askBash = (words: readonly string[], count = words.length - 1): string[] => {
  const line = words.map((word) => `'${word}'`).join(' ');
  const script = `${scriptFor('bash')}\nCOMP_WORDS=(${line}); COMP_CWORD=${count}; compopt() { :; }\n_release release\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', script], { cwd: folder, env, encoding: 'utf8' })
    .trim()
    .split('\n');
};

describe('candidates in bash', () => {
  it('come from the program, in its own folder', () => {
    expect(askBash(['release', 'rollback', '--to', ''])).toEqual(['v2.1.0', 'v2.0.3']);
    expect(askBash(['release', 'roll'])).toEqual(['rollback']);
  });

  it('T08: run nothing of what was typed or of what others have called their tags', () => {
    expect(askBash(['release', 'rollback', '--to', '$(touch pwned)'])).toEqual(['']);
    expect(askBash(['release', '`touch pwned`', ''])).toBeDefined();
    expect(existsSync(join(folder, 'pwned'))).toBe(false);
  });
});

describe('the script', () => {
  it.each(['bash', 'zsh', 'fish'] as const)(
    'is one that %s can read, where it is installed',
    async (shell) => {
      const { text } = await run([shell], {}, makeTestContext({ command: 'completion' }).context);
      expect(text).toContain('complete');
      const file = join(folder, `script.${shell}`);
      writeFileSync(file, text);
      const parsed = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
      if (parsed.error === undefined) expect(parsed).toMatchObject({ status: 0, stderr: '' });
    },
  );

  it('is refused for another shell, with those that there are', async () => {
    const failure = await failureOf(run(['zhs'], {}, makeTestContext({ command: 'completion' }).context));
    expect(failure).toMatchObject({ code: 'E_ARGUMENTS', text: { what: expect.stringContaining('"zsh"') } });
  });
});
