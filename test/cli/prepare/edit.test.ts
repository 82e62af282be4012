import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { run } from '../../../src/cli/commands/prepare.ts';
import type { Terminal } from '../../../src/cli/context.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

let seed: PrepareWorld;
let world: PrepareWorld;
const AT_A_TERMINAL = { canAsk: true, stderrIsTty: true };

/** An editor that does this to the file `$1`; it is named with a blank in it. */
function editorOf(script: string): string {
  const file = join(world.folder, 'my editor');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return `"${file}"`;
}

async function prepare(
  editor: string,
  terminal: Partial<Terminal> = AT_A_TERMINAL,
  options: CommandOptions = {},
) {
  const { context } = makeTestContext({ command: 'prepare', flags: { yes: true }, terminal });
  const env = { ...context.env, VISUAL: '', EDITOR: editor };
  try {
    const { result } = await run(
      ['v2.2.0'],
      { edit: true, ...options },
      { ...context, env, cwd: world.work },
    );
    return { code: 'none', next: '', what: '', result };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const { next, what } = error.text;
    return { code: error.code, next, what, result: {} };
  }
}

beforeAll(() => {
  seed = makePrepareWorld();
  seed.push('a.txt', 'a', 'feat: keys rotate');
});
beforeEach(() => {
  world = seed.copy();
});
afterEach(() => world.remove());
afterAll(() => seed.remove());

describe('release prepare --edit', () => {
  it('COM-01d: what a person wrote goes into the changelog of the candidate, the comment above it does not', async () => {
    const ended = await prepare(editorOf(`sed -i 's/keys rotate/Keys: rotate every night/' "$1"`));
    expect(ended.code).toBe('none');
    const text = world.show('v2.2.0-rc.1', 'CHANGELOG.md');
    expect(text).toMatch(/## \[2\.2\.0\].*\n\n### Features\n\n- Keys: rotate every night/);
    expect(text).not.toContain('<!--');
    expect(text).toContain('## [2.0.3]');
  });

  it.each([
    ['an empty text gives it up', ': > "$1"', 'E_ANSWERED_NO'],
    ['blanks and the comment alone as well', 'head -n 1 "$1" > "$1.x"; mv "$1.x" "$1"', 'E_ANSWERED_NO'],
    ['the heading has to stay', `sed -i 's/^## .*//' "$1"`, 'E_EDITOR'],
    ['one section, not two', `printf '\\n## [9.9.9]\\n\\n- x\\n' >> "$1"`, 'E_EDITOR'],
    ['an editor that fails', 'exit 3', 'E_EDITOR'],
  ])('PRE-01: %s, and nothing is pushed', async (_name, script, code) => {
    const before = world.git('ls-remote', 'origin');
    expect((await prepare(editorOf(script))).code).toBe(code);
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('keeps what was written when the editor is killed, and pushes nothing', async () => {
    const before = world.git('ls-remote', 'origin');
    const ended = await prepare(editorOf(`printf -- '- half a line' >> "$1"; kill -9 $$`));
    expect(ended).toMatchObject({ code: 'E_EDITOR', what: expect.stringContaining('SIGKILL') });
    const kept = /in (\/\S+)\.$/.exec(ended.next)?.[1] ?? '';
    expect(readFileSync(kept, 'utf8')).toContain('- half a line');
    expect(world.git('ls-remote', 'origin')).toBe(before);
  });

  it('T08, T04: the editor is run by its words, without a shell and without our secrets', async () => {
    const proof = join(world.folder, 'proof');
    const named = editorOf(`env > "${proof}.env"`);
    expect((await prepare(`${named} ; touch ${proof} $(touch ${proof})`)).code).toBe('none');
    expect(existsSync(proof)).toBe(false);
    expect(readFileSync(`${proof}.env`, 'utf8')).not.toMatch(/SECRET|TOKEN|KEY=/);
  });

  it('is refused without a terminal, without an editor, and where there is nothing to write any more', async () => {
    expect((await prepare(editorOf('exit 0'), {})).code).toBe('E_INPUT_OFF');
    expect((await prepare('  ')).code).toBe('E_EDITOR');
    expect((await prepare('/nowhere/editor')).what).toContain('could not be started');
    await world.prepare('v2.2.0');
    expect((await prepare(editorOf('exit 0'))).code).toBe('E_FLAG_REFUSED');
  });
});
