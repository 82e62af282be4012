import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimFile } from '../../../src/cli/watch/claim-file.ts';
import type { Machine } from '../../../src/ledger/machine.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-claim-'));
  path = join(folder, 'r-1.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A machine with the processes that run on it, by number: when each of them began. */
const machine = (
  pid: number,
  running: Readonly<Record<number, string>>,
  { host = 'web-1', boot = 'boot-1' } = {},
): Machine => ({ host, boot, pid, startOf: (one) => running[one] });

const heldBy = (by: Machine): string | undefined => {
  const claim = claimFile(path, by);
  return 'heldBy' in claim ? claim.heldBy : undefined;
};
/** So long ago, by the clock of the disk. */
const age = (seconds: number): void => {
  const then = Date.now() / 1000 - seconds;
  utimesSync(`${path}.lock`, then, then);
};

describe('F68: the claim of a process to the record of a watch', () => {
  it('holds while the process runs, for itself as well', () => {
    expect(heldBy(machine(7, { 7: '100' }))).toBeUndefined();
    expect(heldBy(machine(8, { 7: '100', 8: '200' }))).toBe('process 7');
    expect(heldBy(machine(7, { 7: '100' }))).toBe('process 7');
  });

  it('F37: is void for the same number with another start, as in a container that was started again', () => {
    claimFile(path, machine(1, { 1: '100' }));
    expect(heldBy(machine(1, { 1: '900' }))).toBeUndefined();
  });

  it('F36: is void after a start of the machine, whatever runs under the number', () => {
    claimFile(path, machine(7, { 7: '100' }));
    expect(heldBy(machine(8, { 7: '100', 8: '200' }, { boot: 'boot-2' }))).toBeUndefined();
  });

  it('is void when the process has ended', () => {
    claimFile(path, machine(7, { 7: '100' }));
    expect(heldBy(machine(8, { 8: '200' }))).toBeUndefined();
  });

  it('of another machine holds for as long as something is written, and two minutes more', () => {
    claimFile(path, machine(1, { 1: '100' }));
    const other = machine(1, { 1: '100' }, { host: 'web-2', boot: 'boot-9' });
    age(110);
    expect(heldBy(other)).toBe('process 1 on web-1');
    age(130);
    writeFileSync(path, '');
    expect(heldBy(other)).toBe('process 1 on web-1');
    rmSync(path);
    expect(heldBy(other)).toBeUndefined();
  });

  it('where no system tells when a process began, its number and what it writes have to do', () => {
    const none = { ...machine(7, {}), startOf: (pid: number) => (pid === 7 ? '' : undefined) } as Machine;
    claimFile(path, none);
    const other = { ...machine(8, {}), startOf: (pid: number) => (pid === 7 ? '' : undefined) } as Machine;
    expect(heldBy(other)).toBe('process 7');
    age(130);
    expect(heldBy(other)).toBeUndefined();
  });

  it.each(['7', '{"host":1}', '', 'no JSON'])('of an older program (%j) holds while it is new', (text) => {
    writeFileSync(`${path}.lock`, text);
    const running = machine(8, { 7: '100', 8: '200' });
    expect(heldBy(running)).toBeDefined();
    age(130);
    expect(heldBy(running)).toBeUndefined();
  });

  it('of a number alone is void at once where no such process is', () => {
    writeFileSync(`${path}.lock`, '7');
    expect(heldBy(machine(8, { 8: '200' }))).toBeUndefined();
  });

  it('is given back, and is never taken from one who has it meanwhile', () => {
    const first = claimFile(path, machine(1, { 1: '100' }));
    const second = claimFile(path, machine(1, { 1: '900' }));
    if ('heldBy' in first || 'heldBy' in second) throw new Error('not ours');
    expect([first.isOurs(), second.isOurs()]).toEqual([false, true]);
    expect([first.keep(), second.keep()]).toEqual([false, true]);
    first.free();
    expect(readFileSync(`${path}.lock`, 'utf8')).toContain('"900"');
    second.free();
    expect(heldBy(machine(8, { 8: '200' }))).toBeUndefined();
  });

  it('of a process on another machine holds as long as it writes to the file, or says that it is there', () => {
    const held = claimFile(path, { ...machine(7, { 7: '100' }), host: 'web-2' });
    if ('heldBy' in held) throw new Error('not ours');
    const other = machine(8, { 8: '200' });
    age(130);
    writeFileSync(path, '');
    expect(held.isOurs()).toBe(true);
    expect(heldBy(other)).toBe('process 7 on web-2');
    age(130);
    expect(held.keep()).toBe(true);
    expect(heldBy(other)).toBe('process 7 on web-2');
  });

  it('leaves nothing beside the claim itself', () => {
    claimFile(path, machine(1, { 1: '100' }));
    claimFile(path, machine(1, { 1: '900' }));
    expect(readdirSync(folder)).toEqual(['r-1.jsonl.lock']);
  });
});
