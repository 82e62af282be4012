import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadOwnChecks } from '../../../src/cli/own-checks/load-own-checks.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import { askCheck } from '../../../src/engine/ask-check.ts';
import type { Check, Policy } from '../../../src/kit.ts';
import { checkText, makeFolder } from '../../support/own-checks-folder.ts';
import { answering } from '../../support/test-wired.ts';

const folders: { remove(): void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

/** Sleeps never end: nothing here may be decided by a time limit. */
const still: Clock = {
  now: () => new Date(0),
  monotonic: () => 0,
  sleep: () => new Promise(() => undefined),
};

async function load(files: Readonly<Record<string, string>>, clock = still, builtIn: readonly Check[] = []) {
  const folder = makeFolder(files);
  folders.push(folder);
  const own = await loadOwnChecks({ root: folder.root, clock, builtIn });
  return { ...own, root: folder.root };
}

const policy = { env: 'production', facts: {} } as unknown as Policy;
const ask = (check: Check) =>
  askCheck(check, { services: {} as never, policy, clock: still, signal: new AbortController().signal });

const answersOf = async (checks: readonly Check[]) =>
  Object.fromEntries(
    await Promise.all(
      checks.map(async (check) => {
        const { outcome, said } = await ask(check);
        return [check.id, `${outcome}: ${said}`] as const;
      }),
    ),
  );

describe('checks of the owner', () => {
  it('are those in checks/ beside the configuration, not deeper and not elsewhere', async () => {
    const { checks } = await load({
      'checks/one.check.ts': checkText('one.a'),
      'checks/plain.check.mjs': checkText('one.b'),
      'checks/notes.ts': 'throw new Error("never loaded")',
      'checks/deep/two.check.ts': checkText('two.a'),
      'other.check.ts': checkText('three.a'),
    });
    expect(checks.map(({ id }) => id)).toEqual(['one.a', 'one.b']);
  });

  it('a link that leads out of the folder chooses no code', async () => {
    const outside = makeFolder({ 'x.check.ts': checkText('out.side') });
    const folder = makeFolder({});
    folders.push(outside, folder);
    mkdirSync(join(folder.root, 'checks'));
    symlinkSync(join(outside.root, 'x.check.ts'), join(folder.root, 'checks/x.check.ts'));
    symlinkSync(join(outside.root, 'gone'), join(folder.root, 'checks/y.check.ts'));
    const { checks } = await loadOwnChecks({ root: folder.root, clock: still, builtIn: [] });
    expect(await answersOf(checks)).toEqual({
      'checks.x': expect.stringMatching(/^unknown: checks\/x\.check\.ts is a link to a file outside/),
      'checks.y': expect.stringMatching(/^unknown: checks\/y\.check\.ts is a link/),
    });
  });

  it('use the kit of the running program: its errors are ours', async () => {
    const { checks } = await load({
      'checks/own.check.ts': checkText(
        'own.error',
        "throw new (await import('release-runbook/kit')).ReleaseError('E_MINE', { what: 'said by me', next: '', state: 'untouched' });",
      ),
    });
    expect(await answersOf(checks)).toEqual({ 'own.error': 'unknown: said by me' });
  });

  it('are left out for a reason in words, and asked for an empty one', async () => {
    const { checks } = await load({
      'checks/a.check.ts': checkText('own.empty', undefined, "absent: () => '',"),
      'checks/b.check.ts': checkText('own.wordless', undefined, 'absent: () => true as never,'),
      'checks/c.check.ts': checkText('own.reason', undefined, "absent: () => 'no exports here',"),
    });
    expect(checks.map((check) => check.absent?.(policy))).toEqual([undefined, undefined, 'no exports here']);
  });

  it('a file that is wrong is unknown with its place in every gate, and the others are asked', async () => {
    const { checks } = await load(
      {
        'checks/fine.check.ts': checkText('fine.one'),
        'checks/grammar.check.ts': "export default {\n  id: 'a.b' title: 'x',\n};\n",
        'checks/absent.check.ts': "import './nothing.ts';\nexport default 1;\n",
        'checks/throws.check.ts': 'const a: { b?: { c: number } } = {};\n\nexport default a.b!.c;\n',
        'checks/taken.check.ts': checkText('app.health'),
        'checks/twice.check.ts': checkText('fine.one'),
        'checks/reserved.check.ts': checkText('checks.mine'),
        'checks/gate.check.ts': checkText('gate.one').replace("'preflight'", "'prefligth'"),
        'checks/nojudge.check.ts': checkText('judge.none').replace(/judge:.*\n/, ''),
        'checks/Späte Näch-te!.check.ts': 'export default 7;\n',
      },
      still,
      [answering('app.health', 'pass')],
    );
    const answers = await answersOf(checks);
    expect(answers).toEqual({
      'fine.one': 'pass: seen',
      'checks.grammar': expect.stringMatching(
        /^unknown: checks\/grammar\.check\.ts:2:13 was not loaded: Unexpected token/,
      ),
      'checks.absent': expect.stringMatching(
        /^unknown: checks\/absent\.check\.ts.* was not loaded: Cannot find module '\.\/nothing\.ts'$/,
      ),
      'checks.throws': expect.stringMatching(
        /^unknown: checks\/throws\.check\.ts:3:\d+ was not loaded: TypeError: Cannot read/,
      ),
      'checks.taken':
        'unknown: checks/taken.check.ts:4:3 is no check: the id app.health belongs to a check of the program',
      'checks.twice':
        'unknown: checks/twice.check.ts:4:3 is no check: the id fine.one belongs to checks/fine.check.ts',
      'checks.reserved': expect.stringMatching(/belongs to files that cannot be loaded$/),
      'checks.gate': expect.stringMatching(/checks\/gate\.check\.ts:7:3 .*Did you mean "preflight"/),
      'checks.nojudge': expect.stringMatching(/judge is missing/),
      'checks.sp-te-n-ch-te': expect.stringMatching(/no check: export default/),
    });
    const unloaded = checks.filter(({ id }) => id.startsWith('checks.'));
    expect(new Set(unloaded.flatMap(({ gates }) => gates))).toEqual(
      new Set(['preflight', 'parity', 'drift', 'smoke', 'post-deploy', 'rollback-verify']),
    );
    expect(new Set(unloaded.map(({ weight }) => weight ?? 'blocker'))).toEqual(new Set(['blocker']));
  });

  it('a file that waits at its top without end is unknown after its time, and holds up nobody', async () => {
    const waited: number[] = [];
    const clock: Clock = {
      ...still,
      sleep: (ms) => {
        waited.push(ms);
        return Promise.resolve();
      },
    };
    const { checks } = await load(
      { 'checks/late.check.ts': 'await new Promise(() => {});\nexport default 1;\n' },
      clock,
    );
    expect(await answersOf(checks)).toEqual({
      'checks.late': 'unknown: checks/late.check.ts was not loaded within 5 s.',
    });
    expect(waited).toEqual([5000]);
  });

  it('a crash in probe or judge says its place as its author sees the file', async () => {
    const { checks } = await load({
      'checks/probe.check.ts': checkText(
        'crash.probe',
        'const a: { b?: string } = {}; return     a.b!.length;',
      ),
      'checks/judge.check.ts': checkText('crash.judge').replace(
        "({ outcome: 'pass', said: 'seen' })",
        '(null as any).x',
      ),
      'checks/word.check.ts': checkText('crash.word').replace("'pass'", "'green' as any"),
      'checks/thing.check.ts': checkText('crash.thing', 'throw { token: 1 };'),
    });
    expect(await answersOf(checks)).toEqual({
      'crash.probe':
        "unknown: checks/probe.check.ts:11:51 broke in probe: TypeError: Cannot read properties of undefined (reading 'length')",
      'crash.judge': expect.stringMatching(
        /^unknown: checks\/judge\.check\.ts:13:\d+ broke in judge: TypeError/,
      ),
      'crash.word':
        'unknown: checks/word.check.ts broke in judge: TypeError: its outcome is "green"; it has to be one of pass, warn, fail, skip',
      'crash.thing': 'unknown: checks/thing.check.ts broke in probe: it threw [object Object]',
    });
  });

  it('keeps what they write off the terminal, and the beginning of it only', async () => {
    const { checks, heard } = await load({
      'checks/loud.check.ts': checkText(
        'loud.one',
        "for (let i = 0; i < 10_000; i += 1) process.stdout.write('x'.repeat(1000));\n    process.stderr.write('end');\n    return 1;",
      ),
    });
    expect(await answersOf(checks)).toEqual({ 'loud.one': 'pass: seen' });
    const [{ name, bytes, start } = { name: '', bytes: 0, start: '' }] = heard();
    expect({ name, bytes, kept: start.length }).toEqual({
      name: 'checks/loud.check.ts',
      bytes: 10_000_003,
      kept: 2000,
    });
  });

  it('may not end the program', async () => {
    const { checks } = await load({ 'checks/exit.check.ts': checkText('exit.now', 'process.exit(0);') });
    expect(await answersOf(checks)).toEqual({
      'exit.now': expect.stringMatching(
        /^unknown: checks\/exit\.check\.ts:11:13 broke in probe: process\.exit\(\) was called/,
      ),
    });
  });

  it('are compiled again when nothing can be kept on the disk', async () => {
    const folder = makeFolder({ 'checks/one.check.ts': checkText('one.a') });
    folders.push(folder);
    writeFileSync(join(folder.root, '.release'), 'a file where the folder would be');
    const { checks } = await loadOwnChecks({ root: folder.root, clock: still, builtIn: [] });
    expect(checks.map(({ id }) => id)).toEqual(['one.a']);
  });
});

describe('the digest of the checks of the owner', () => {
  const files = {
    'checks/one.check.ts': `import { limit } from '../rules/limit.ts';\n${checkText('one.a')}\nvoid limit;`,
    'checks/lib/words.json': '{}',
    'rules/limit.ts': 'export const limit: number = 1;',
    'elsewhere.ts': 'export const other = 1;',
  };
  const digestOf = async (change: Readonly<Record<string, string>> = {}) =>
    (await load({ ...files, ...change })).digest;

  it('E-03: is another when a file changes that says what is asked, and the same in every folder', async () => {
    const usual = await digestOf();
    expect(await digestOf()).toBe(usual);
    expect(await digestOf({ 'elsewhere.ts': '' })).toBe(usual);
    const changes = [
      { 'checks/one.check.ts': checkText('one.a') },
      { 'checks/lib/words.json': '[]' },
      { 'rules/limit.ts': 'export const limit: number = 9;' },
      { 'checks/two.check.ts': checkText('two.a') },
    ];
    for (const change of changes) expect(await digestOf(change)).not.toBe(usual);
  });
});
