import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Machine } from '../../ledger/machine.ts';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';
const LIMIT_MS = 2000;

/** What a small program prints; empty when it is not there or finds nothing. */
function ask(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, [...args], {
      encoding: 'utf8',
      timeout: LIMIT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

const readBoot = (): string =>
  existsSync(BOOT_ID) ? readFileSync(BOOT_ID, 'utf8').trim() : ask('sysctl', ['-n', 'kern.boottime']);

/** States of a process that has ended and whose parent has not asked for it: in a container often nobody ever does. */
const ENDED = ['Z', 'X'];

/** Field 22 of /proc/<pid>/stat, counted behind the name, which may hold spaces and brackets itself. */
function startFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ENDED.includes(fields[0] ?? '') ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

const startFromPs = (pid: number): string | undefined =>
  ask('ps', ['-o', 'lstart=', '-p', String(pid)]) || undefined;

/** This machine, as the file ledger needs to know it (reliability 5.3): its start, and the start of a process. */
export const readMachine = (host: string): Machine => ({
  host,
  boot: readBoot(),
  pid: process.pid,
  startOf: existsSync('/proc/self/stat') ? startFromProc : startFromPs,
});
