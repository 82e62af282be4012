import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeShell } from '../../../src/services/shell/real.ts';

const shell = makeShell();

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const waitUntilGone = async (pid: number): Promise<boolean> => {
  for (let i = 0; i < 100 && isAlive(pid); i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
  return !isAlive(pid);
};

/** Who is at work has a file like this one; with it a line meant for production would be given another database. */
const BASHRC = 'export DATABASE_URL=postgres://laptop\necho "welcome back"\nfalse\n';

describe('lines', () => {
  const home = mkdtempSync(join(tmpdir(), 'shell-home-'));
  afterAll(() => rmSync(home, { recursive: true }));
  const env = { HOME: home, DATABASE_URL: 'postgres://production' };
  const LINE = 'cat; echo "$DATABASE_URL"';

  it('T04: reads no start file of who is at work, so that a line does on every machine the same', async () => {
    writeFileSync(join(home, '.bashrc'), BASHRC);
    for (const input of [undefined, '']) {
      const order = { timeoutMs: 20_000, env, ...(input === undefined ? {} : { input }) };
      expect(await shell.line(LINE, order)).toMatchObject({
        code: 0,
        out: 'postgres://production\n',
        err: '',
      });
      expect((await shell.within(order)`echo "$DATABASE_URL"`).out).toBe('postgres://production\n');
    }
  });

  it('T04: is neither ended nor made good by what ZX_* of the terminal says', async () => {
    const { defaults } = await import('zx/core');
    const own = { ...defaults };
    onTestFinished(() => void Object.assign(defaults, { postfix: '', timeout: undefined }, own));
    Object.assign(defaults, { postfix: '; true', timeout: '1ms' });
    expect(await shell.line('sleep 0.2; exit 3', { timeoutMs: 20_000 })).toMatchObject({ code: 3 });
  });

  it('is given an input that has ended, or its own', async () => {
    expect(await shell.line('cat', { timeoutMs: 20_000 })).toMatchObject({ code: 0, out: '' });
    const given = { timeoutMs: 20_000, input: 'given' };
    expect(await shell.line('cat', given)).toMatchObject({ code: 0, out: 'given' });
  });
});

describe('programs', () => {
  it('T08: hands arguments over as they are, with no shell in between', async () => {
    const words = ['a; echo pwned', '$(id)', '`id`', "it's", '-n', '*'];
    const answer = await shell.program(
      process.execPath,
      ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...words],
      { timeoutMs: 20_000 },
    );
    expect(JSON.parse(answer.out)).toEqual(words);
    expect(answer.code).toBe(0);
  });

  it('tells the exit code and both outputs, and each line as it comes', async () => {
    const lines: string[] = [];
    const answer = await shell.program('sh', ['-c', 'echo one; echo two >&2; exit 3'], {
      timeoutMs: 20_000,
      onLine: (line) => lines.push(line),
    });
    expect(answer).toMatchObject({ code: 3, out: 'one\n', err: 'two\n', timedOut: false });
    expect(lines.sort()).toEqual(['one', 'two']);
  });

  it('reads its input from us', async () => {
    expect((await shell.program('cat', [], { timeoutMs: 20_000, input: 'given' })).out).toBe('given');
  });

  it('F56: ends a grandchild that keeps the pipe open, at the time limit', async () => {
    const answer = await shell.program('sh', ['-c', 'sleep 300 & echo $!; wait'], { timeoutMs: 3000 });
    expect(answer.timedOut).toBe(true);
    expect(answer.code).not.toBe(0);
    expect(await waitUntilGone(Number(answer.out))).toBe(true);
  });

  it('ends the group when it is aborted', async () => {
    const stop = new AbortController();
    const running = shell.program('sh', ['-c', 'sleep 300 & echo $!; wait'], {
      timeoutMs: 60_000,
      signal: stop.signal,
      onLine: () => stop.abort(),
    });
    const answer = await running;
    expect(answer.timedOut).toBe(false);
    expect(await waitUntilGone(Number(answer.out))).toBe(true);
  });

  it('T04: inherits no secret', async () => {
    process.env.RELEASE_CANARY_SECRET = 'canary';
    const answer = await shell.program('env', [], { timeoutMs: 20_000, env: { GIVEN: 'yes' } });
    delete process.env.RELEASE_CANARY_SECRET;
    expect(answer.out).toContain('GIVEN=yes');
    expect(answer.out).not.toContain('canary');
  });

  it('says that a program is missing by its exit code', async () => {
    const answer = await shell.program('no-such-program-here', [], { timeoutMs: 20_000 });
    expect(answer.code).not.toBe(0);
  });
});

describe('lines', () => {
  it('runs what the owner of the runbook wrote, and stops at the first failure', async () => {
    const answer = await shell.line('echo "$WORD" | tr a-z A-Z; false; echo not reached', {
      timeoutMs: 20_000,
      env: { WORD: 'hello' },
    });
    expect(answer.out).toBe('HELLO\n');
    expect(answer.code).not.toBe(0);
  });

  it('fails when a part of a pipe fails', async () => {
    expect((await shell.line('false | cat', { timeoutMs: 20_000 })).code).not.toBe(0);
  });

  it('F56: ends the whole group at the time limit', async () => {
    const answer = await shell.line('sleep 300 & echo $!; wait', { timeoutMs: 3000 });
    expect(answer.timedOut).toBe(true);
    expect(await waitUntilGone(Number(answer.out))).toBe(true);
  });
});

it('T08: runs a line in the folder of the configuration, not where somebody stands', async () => {
  const { out } = await makeShell('/').line('pwd', { timeoutMs: 5000 });
  expect(out.trim()).toBe('/');
  const { out: named } = await makeShell('/').line('pwd', { timeoutMs: 5000, cwd: '/usr' });
  expect(named.trim()).toBe('/usr');
});
