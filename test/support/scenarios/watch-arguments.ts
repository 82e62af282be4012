import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 20;

/** Between fork and exec a process still has its parent's arguments, so one look at it is not enough. */
const LOOKS = 5;

const listProcesses = (): string[] => {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    // There is no /proc here.
    return [];
  }
};

function readArguments(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

/** Collects the command lines of all processes until it is told to stop, and answers them once each. */
export function watchArguments(): { stop(): readonly string[] } {
  const seen = new Set<string>();
  const looks = new Map<string, number>();
  const look = (): void => {
    for (const pid of listProcesses()) {
      const before = looks.get(pid) ?? 0;
      if (before === LOOKS) continue;
      looks.set(pid, before + 1);
      const line = readArguments(pid);
      if (line) seen.add(line);
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return [...seen];
    },
  };
}
