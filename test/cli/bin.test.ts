import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/catalogue/index.ts';
import { answerQuickly } from '../../src/cli/quick.ts';
import { toAscii } from '../../src/report/glyphs.ts';
import { runBin } from '../support/run-bin.ts';

// A folder without a configuration, and one whose configuration is broken.
let empty = '';
let broken = '';
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'release-cli-'));
  broken = mkdtempSync(join(tmpdir(), 'release-cli-'));
  writeFileSync(join(broken, 'runbook.config.yaml'), 'service: [\n');
});
afterAll(() => {
  for (const folder of [empty, broken]) rmSync(folder, { recursive: true, force: true });
});

const names = COMMANDS.map((command) => command.name);

describe('the catalogue', () => {
  it('has commands that work, or every loop below would prove nothing', () => {
    expect(names).toEqual(expect.arrayContaining(['preflight', 'status', 'history']));
  });
});

describe('help', () => {
  it('alone says what there is on 20 lines of 80 columns', async () => {
    const { code, stdout, stderr } = await runBin([], { cwd: empty });
    const lines = stdout.trimEnd().split('\n');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const plumbing = COMMANDS.filter(({ group }) => group === 'Plumbing').map(({ name }) => name);
    expect(plumbing).toEqual(['tick', 'ledger', 'step', 'completion']);
    for (const name of names) expect(stdout.includes(name)).toBe(!plumbing.includes(name));
  });

  it.each([
    [['deploy', '--help']],
    [['--help', 'deploy']],
    [['help', 'deploy']],
    [['deploy', '--to', '--help']],
  ])('works with a broken configuration, wherever the flag stands: %j', async (words) => {
    const { code, stdout } = await runBin(words, { cwd: broken });
    expect({ words, code }).toEqual({ words, code: 0 });
    expect(stdout).toBe(`${answerQuickly(words)}\n`);
  });

  // The words above came out of a process as they are here; the other commands differ in nothing but their names.
  it('works for every command', () => {
    for (const name of names) {
      for (const words of [
        [name, '--help'],
        ['--help', name],
        ['help', name],
        [name, '--to', '--help'],
      ]) {
        const said = answerQuickly(words);
        expect({ words, said }).toMatchObject({ said: expect.stringContaining(`Usage: release ${name}`) });
        expect(said).toContain('Example:');
      }
    }
  });

  it.each([
    [['--help', '--ascii'], {}],
    [['deploy', '--help'], { LC_ALL: 'C' }],
  ])('shows no letter that the terminal cannot: %j %j', async (words, env) => {
    const { code, stdout } = await runBin(words, { cwd: empty, env });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\n\x20-\x7e]+$/);
    expect(stdout).toBe(`${toAscii(answerQuickly(words) ?? '')}\n`);
    expect(stdout.split('?').length).toBe(answerQuickly(words)?.split('?').length);
  });

  it('explains every exit code', async () => {
    const { code, stdout } = await runBin(['help', 'exit-codes'], { cwd: empty });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}130 {2}stopped/m);
  });
});

describe('the version', () => {
  it('is that of the package, on both spellings', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    for (const word of ['--version', '-V']) {
      expect(await runBin([word], { cwd: empty })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    }
  });
});

describe('words that cannot be meant', () => {
  it('end with 2, four parts on stderr and nothing on stdout', async () => {
    const { code, stdout, stderr } = await runBin(['depoly'], { cwd: empty });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error {2}There is no command "depoly"\. Did you mean "deploy"\? +E_COMMAND_UNKNOWN$/m,
    );
    expect(stderr).toContain('  fix  release --help');
  });

  it('are one JSON document on stdout with --json, with the same exit code', async () => {
    const { code, stdout } = await runBin(['depoly', '--json'], { cwd: empty });
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({ exitCode: 2, verdict: null, error: { code: 'E_COMMAND_UNKNOWN' } });
    expect(code).toBe(2);
  });

  it('have colour only when it is asked for', async () => {
    const plain = await runBin(['depoly'], { cwd: empty });
    const forced = await runBin(['depoly'], { cwd: empty, env: { FORCE_COLOR: '1' } });
    const refused = await runBin(['depoly', '--no-color'], { cwd: empty, env: { FORCE_COLOR: '1' } });
    expect(plain.stderr).not.toContain('\u001b');
    expect(forced.stderr).toContain('\u001b[31merror');
    expect(refused.stderr).not.toContain('\u001b');
  });
});

describe('pipes', () => {
  it('may be closed early without a failure', async () => {
    const { code, stderr } = await runBin(['--help'], { cwd: empty, hangUp: true });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('a command without input and without a configuration', () => {
  it('ends by itself, never with a question, and says one JSON document with --json', async () => {
    for (const name of names.filter((one) => one !== 'demo')) {
      const { code, stdout } = await runBin([name, '--json'], { cwd: empty });
      const document = JSON.parse(stdout);
      expect(document).toMatchObject({ schema: `release.${name}/1`, exitCode: code });
    }
  });
});
