import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** Whether a process of this machine is there; one of somebody else's is. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/** Who writes a file. `free` gives it back; undefined: `heldBy` has it. */
export type Claim = { readonly free: () => void } | { readonly free?: undefined; readonly heldBy: number };

function heldBy(lock: string): number | undefined {
  const pid = Number(readFileSync(lock, 'utf8'));
  return Number.isInteger(pid) && pid > 0 && isThere(pid) ? pid : undefined;
}

/**
 * Claims a file for this process: two that write one would mix their lines. The claim of a process that was killed is void. Where
 * nothing can be written the file is nobody's, and so ours.
 */
export function claimFile(path: string): Claim {
  const lock = `${path}.lock`;
  const free = (): void => rmSync(lock, { force: true });
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!isCode(error, 'EEXIST')) return { free: () => undefined };
    const pid = heldBy(lock);
    if (pid !== undefined) return { heldBy: pid };
    writeFileSync(lock, String(process.pid));
  }
  return { free };
}
