import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder = '';
let kept = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-kept-'));
  kept = join(folder, 'code');
  mkdirSync(join(folder, 'dist/chunk'), { recursive: true });
  write('mark', 'build-1');
  write('main.cjs', "process.stdout.write(require('./chunk/word.cjs').word(process.argv[1]));");
  write('chunk/word.cjs', "exports.word = (end) => { process.exitCode = Number(end); return 'one'; };");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, 'dist', name), text);

/** Starts the program under this command's name; `code` is what it ends with. */
function start(command = 'ask', code = 0): string {
  const main = join(folder, 'dist/main.cjs');
  const load = `require(${JSON.stringify(resolve('bin/load-kept.js'))}).loadKept`;
  const script = `${load}(${[main, kept, command].map((one) => JSON.stringify(one)).join(',')})`;
  const ran = spawnSync(process.execPath, ['-e', script, String(code)], { encoding: 'utf8' });
  expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: code, stderr: '' });
  return ran.stdout;
}

const file = (command = 'ask'): string => join(kept, `${command}.bin`);
const isKept = (command = 'ask'): boolean => statSync(file(command), { throwIfNoEntry: false }) !== undefined;
const inodeOf = (path: string): number => statSync(path).ino;

/** What is told at the head of the file. */
const partsOf = (): readonly unknown[] =>
  JSON.parse(readFileSync(file(), 'latin1').split('\n')[0] ?? '').parts.map(([name]: [string]) => name);

it('keeps what was compiled for one command, readable to this account alone, and writes it once', () => {
  expect(start()).toBe('one');
  expect(partsOf()).toEqual(['main.cjs', 'word.cjs']);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(kept).mode & 0o777).toBe(0o700);
  const first = inodeOf(file());
  expect(start()).toBe('one');
  expect(inodeOf(file())).toBe(first);
  expect(isKept('tell')).toBe(false);
});

it('adds a file that is loaded later, and keeps the others', () => {
  write(
    'main.cjs',
    "process.stdout.write(process.argv[1] === '3' ? require('./chunk/word.cjs').word(3) : 'none');",
  );
  expect(start()).toBe('none');
  expect(partsOf()).toEqual(['main.cjs']);
  expect(start('ask', 3)).toBe('one');
  expect(partsOf()).toEqual(['main.cjs', 'word.cjs']);
});

it('runs the text of another build, though its files are named and as long as before', () => {
  expect(start()).toBe('one');
  write('mark', 'build-2');
  write('chunk/word.cjs', "exports.word = (end) => { process.exitCode = Number(end); return 'two'; };");
  expect(start()).toBe('two');
  expect(start()).toBe('two');
});

it('takes nothing from a file that is not whole, and makes it anew', () => {
  start();
  const whole = readFileSync(file());
  whole.writeUInt8(whole.readUInt8(whole.length - 40) ^ 255, whole.length - 40);
  writeFileSync(file(), whole);
  const broken = inodeOf(file());
  expect(start()).toBe('one');
  expect(inodeOf(file())).not.toBe(broken);
});

it('neither runs nor writes anything in a folder that others may write to', () => {
  start();
  const before = readFileSync(file());
  writeFileSync(file(), 'not ours');
  chmodSync(kept, 0o777);
  expect(start()).toBe('one');
  expect(readFileSync(file(), 'utf8')).toBe('not ours');
  expect(before.length).toBeGreaterThan(100);
});

it('keeps nothing for a line that was refused, and nothing stops a program whose folder cannot be made', () => {
  expect(start('prefligth', 2)).toBe('one');
  expect(isKept('prefligth')).toBe(false);
  writeFileSync(kept.replace(/code$/, 'blocked'), '');
  kept = join(folder, 'blocked', 'code');
  expect(start()).toBe('one');
});
