import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
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

  // Only Linux shows what has ended and was not asked for; elsewhere ps leaves it out by itself or says it otherwise.
  it.runIf(existsSync('/proc/self/stat'))(
    'F02: takes what was killed for gone, also where nobody ever asks for its end',
    async () => {
      const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      try {
        const [line] = (await once(parent.stdout, 'data')) as [Buffer];
        const pid = Number(String(line).trim());
        const { startOf } = readMachine('a');
        expect(startOf(pid)).toMatch(/\d/);
        // A shell would still ask for the end of its child; what it becomes never does.
        await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim()).toBe('sleep');
        process.kill(pid, 'SIGKILL');
        await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toMatch(/\) Z /);
        expect(startOf(pid)).toBeUndefined();
      } finally {
        parent.kill('SIGKILL');
      }
    },
  );
});
