import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { minutes } from '../../domain/duration.ts';
import { type Machine, mayBeAlive, type ProcessMark } from '../../ledger/machine.ts';

/** Whether it is an error of the system with this code, like ENOENT. */
export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

/** A file that is ours. */
export interface Held {
  /** False when another process has taken it meanwhile. What is written to the file says that its writer is there. */
  isOurs(): boolean;
  /** The same where nothing was written to the file for a while: says that its writer is there all the same. */
  keep(): boolean;
  free(): void;
}

/** Ours, or whose it is. */
export type Claim = Held | { readonly heldBy: string };

const NOBODYS: Held = { isOurs: () => true, keep: () => true, free: () => undefined };

/** A claim of which nothing else can be known is void when nothing was written by it for so long. */
const SILENT_MS = minutes(2);

function markOf({ host, boot, pid, startOf }: Machine): string {
  return JSON.stringify({ host, boot, pid, processStart: startOf(pid) ?? '' } satisfies ProcessMark);
}

const isText = (told: unknown): told is string => typeof told === 'string';

/** Whose claim it is; undefined: it does not say. An older program wrote the number of its process and nothing more. */
function readMark(text: string, { host, boot }: Machine): ProcessMark | undefined {
  try {
    const told: unknown = JSON.parse(text);
    if (typeof told === 'number') return { host, boot, pid: told, processStart: '' };
    const mark = told as Partial<Record<keyof ProcessMark, unknown>>;
    if (!isText(mark.host) || !isText(mark.boot) || !isText(mark.processStart)) return undefined;
    return typeof mark.pid === 'number' ? (mark as ProcessMark) : undefined;
  } catch {
    return undefined;
  }
}

const writtenAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Whether the writer may be there. On this machine its start tells: the number alone comes again, in a container every time. Of
 * another machine nothing can be asked, so that what it writes tells, by the clock of the disk that all of them write to.
 */
function isHeld(text: string, { path, lock, own }: Paths, machine: Machine): boolean {
  const mark = readMark(text, machine);
  const isHere = mark !== undefined && mark.host === machine.host;
  if (isHere && !mayBeAlive(mark, machine)) return false;
  if (isHere && mark.processStart !== '') return true;
  if (isHere && machine.startOf(mark.pid) === undefined) return false;
  return writtenAt(own) - Math.max(writtenAt(lock), writtenAt(path)) < SILENT_MS;
}

interface Paths {
  readonly path: string;
  readonly lock: string;
  /** A file of this process alone. */
  readonly own: string;
}

/** A link to a file that is already written: whoever is killed leaves no claim without its owner in it. */
function take({ own, lock }: Paths): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Puts a void claim aside. Of two who saw it void one may have taken the file meanwhile: that claim is put back. */
function clear({ own, lock }: Paths, seen: string): void {
  const aside = `${own}.void`;
  try {
    renameSync(lock, aside);
    if (readFileSync(aside, 'utf8') !== seen) linkSync(aside, lock);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(lock: string): string {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return '';
  }
}

const sayHolder = (text: string, machine: Machine): string => {
  const mark = readMark(text, machine);
  if (mark === undefined) return 'nobody knows which';
  return mark.host === machine.host ? `process ${mark.pid}` : `process ${mark.pid} on ${mark.host}`;
};

function claim(paths: Paths, machine: Machine): Claim {
  const { lock } = paths;
  const mine = markOf(machine);
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(paths.own, mine);
  if (!take(paths)) {
    const seen = read(lock);
    if (isHeld(seen, paths, machine)) return { heldBy: sayHolder(seen, machine) };
    clear(paths, seen);
    if (!take(paths)) return { heldBy: sayHolder(read(lock), machine) };
  }
  const isOurs = (): boolean => read(lock) === mine;
  return {
    isOurs,
    keep: () => {
      if (!isOurs()) return false;
      writeFileSync(lock, mine);
      return true;
    },
    free: () => {
      if (isOurs()) rmSync(lock, { force: true });
    },
  };
}

/**
 * Claims a file for this process: two that write one would mix their lines. The claim of a process that has ended is void. Where
 * nothing can be written the file is nobody's, and so ours.
 */
export function claimFile(path: string, machine: Machine): Claim {
  const lock = `${path}.lock`;
  const own = `${lock}.${machine.pid}`;
  try {
    return claim({ path, lock, own }, machine);
  } catch {
    return NOBODYS;
  } finally {
    rmSync(own, { force: true });
  }
}
