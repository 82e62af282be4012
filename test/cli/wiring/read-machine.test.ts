import { describe, expect, it } from 'vitest';
import { readMachine } from '../../../src/cli/wiring/read-machine.ts';

describe('this machine', () => {
  it('has a name, a start, and the id of this process', () => {
    const machine = readMachine('dana-mbp');
    expect(machine).toMatchObject({ host: 'dana-mbp', pid: process.pid });
    expect(machine.boot).not.toBe('');
  });

  it('says the same start of one process every time, and another one for another process', () => {
    const { startOf, boot } = readMachine('a');
    expect(startOf(process.pid)).toMatch(/\d/);
    expect(startOf(process.pid)).toBe(readMachine('b').startOf(process.pid));
    expect(readMachine('b').boot).toBe(boot);
    expect(startOf(process.ppid)).not.toBe(startOf(process.pid));
  });

  it('knows no start of a process that is not there', () => {
    // Larger than any id that a kernel gives.
    expect(readMachine('a').startOf(2 ** 31 - 2)).toBeUndefined();
  });
});
