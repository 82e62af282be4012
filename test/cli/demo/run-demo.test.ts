import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDemo } from '../../../src/cli/demo/run-demo.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { STORIES } from '../../../src/sandbox/scenarios/stories.ts';
import { route, startStandIn } from '../../../src/sandbox/servers/router.ts';
import { TROUBLES } from '../../../src/sandbox/world/troubles.ts';
import { writeWorldFile } from '../../../src/sandbox/world/world-file.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { endOf } from '../cli-world.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'release-demo-test-'));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function demo(words: string) {
  const { args, options } = parseWords(['demo', ...words.split(' ')], {});
  const { context, stderr } = makeTestContext({ command: 'demo' });
  return { ...(await endOf(runDemo(args, options, { ...context, cwd }))), stderr };
}

describe('release demo', () => {
  it('lists every story and starts nothing', async () => {
    const { result, stderr } = await demo('--list');
    expect(result).toMatchObject({ exitCode: 0, sandbox: true });
    const flat = result?.text.replace(/\s+/g, ' ');
    for (const { name, about } of STORIES) expect(flat).toContain(` ${name} ${about}`);
    for (const line of result?.text.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(80);
    expect(stderr()).toBe('');
  });

  it.each([
    ['interuptd', 'interrupted'],
    ['god', 'good'],
    ['upp', 'up'],
    ['brek', 'break'],
    ['user', 'users'],
  ])('suggests what was meant by %s', async (word, meant) => {
    const { context } = makeTestContext({ command: 'demo' });
    await expect(runDemo([word], {}, context)).rejects.toMatchObject({
      code: 'E_ARGUMENTS',
      message: `There is no story "${word}". Did you mean "${meant}"?`,
    });
  });

  it('refuses a word behind a story before it starts anything', async () => {
    const { code, stderr } = await demo('good evening');
    expect({ code, said: stderr() }).toEqual({ code: 'E_ARGUMENTS', said: '' });
  });

  it.each(['0', '0.9', '601', '-60', 'fast', 'NaN', 'Infinity'])(
    'refuses a speed outside of 1 to 600 before it starts anything: %s',
    async (speed) => {
      for (const story of ['good', 'up']) {
        const { code, stderr, next } = await demo(`${story} --speed=${speed}`);
        expect({ code, said: stderr() }).toEqual({ code: 'E_FLAG_VALUE', said: '' });
        expect(next).toBe('release demo --speed 60');
      }
    },
  );
});

describe('the sandbox that stays', () => {
  it('is not there until somebody starts it', async () => {
    expect((await demo('down')).result?.text).toBe('There is no sandbox here.');
    expect(await demo('break app')).toMatchObject({ code: 'E_SANDBOX', next: 'release demo up' });
    expect(await demo('mend app')).toMatchObject({ code: 'E_SANDBOX' });
    expect(await demo('users 25')).toMatchObject({ code: 'E_SANDBOX', next: 'release demo up' });
    expect(existsSync(join(cwd, '.release'))).toBe(false);
  });

  it.each(['many', '-1', '201', 'NaN', 'Infinity'])('takes no such number of users: %s', async (typed) => {
    const { context } = makeTestContext({ command: 'demo' });
    const asked = runDemo(['users', typed], {}, { ...context, cwd });
    await expect(asked).rejects.toMatchObject({ code: 'E_ARGUMENTS' });
  });

  it('gets users, as many as its speed needs or as somebody says, and loses them again', async () => {
    const asked: string[] = [];
    const control = await startStandIn([
      route('POST /users', ({ body }) => {
        asked.push(body.toString('utf8'));
        return { status: 200, json: {} };
      }),
    ]);
    const folder = join(cwd, '.release', 'sandbox');
    mkdirSync(folder, { recursive: true });
    const world = { pid: process.pid, control: control.url, token: 't', app: '', staging: '', speed: 120 };
    writeWorldFile(folder, { ...world, config: join(folder, 'runbook.config.yaml') });
    try {
      const { result } = await demo('users');
      expect(result?.next[0]).toBe(
        'release watch --for 12m --time-scale 120 --interval 2s --config .release/sandbox/runbook.config.yaml',
      );
      await demo('users 3');
      expect((await demo('users 0')).result?.text).toBe('Nobody uses the application now.');
      expect(asked).toEqual(['{"perSecond":50}', '{"perSecond":3}', '{"perSecond":0}']);
    } finally {
      rmSync(join(cwd, '.release'), { recursive: true });
      await control.close();
    }
  });

  it('lists what can be broken, and suggests what was meant', async () => {
    for (const way of ['break', 'mend']) {
      const { result } = await demo(way);
      for (const [name, about] of Object.entries(TROUBLES)) {
        expect(result?.text).toContain(name);
        expect(result?.text).toContain(about);
      }
    }
    const { context } = makeTestContext({ command: 'demo' });
    await expect(runDemo(['break', 'webhok'], {}, { ...context, cwd })).rejects.toMatchObject({
      code: 'E_ARGUMENTS',
      message: 'Nothing in the sandbox is called "webhok". Did you mean "webhook"?',
    });
    await expect(runDemo(['break', 'toString'], {}, { ...context, cwd })).rejects.toMatchObject({
      code: 'E_ARGUMENTS',
    });
  });
});
