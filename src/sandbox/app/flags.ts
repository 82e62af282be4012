import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';

/** Switches of the platform. They outlive a publish and a restore, and two builds may read them at the same time. */
export interface AppFlags {
  readonly maintenance: boolean;
  readonly jobsPaused: boolean;
}

/** The flags of one file; it is read again when it changed. */
export interface FlagsFile {
  read(): AppFlags;
  /** Changes some and keeps the others; readers see the old file or the new one, never half of one. */
  write(change: Partial<AppFlags>): AppFlags;
}

const OFF: AppFlags = { maintenance: false, jobsPaused: false };

function parseFlags(text: string, before: AppFlags): AppFlags {
  try {
    const { maintenance, jobsPaused } = JSON.parse(text) as Partial<AppFlags>;
    return { maintenance: maintenance === true, jobsPaused: jobsPaused === true };
  } catch {
    return before;
  }
}

/** Opens the file; without one every switch is off. */
export function openFlags(file: string): FlagsFile {
  let stamp = '';
  let flags = OFF;
  const read = (): AppFlags => {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    // The inode belongs to it: two writes may fall into one tick of the file system's clock.
    const now = found === undefined ? '' : `${found.ino} ${found.mtimeNs} ${found.size}`;
    if (now !== stamp) {
      flags = found === undefined ? OFF : parseFlags(readFileSync(file, 'utf8'), flags);
      stamp = now;
    }
    return flags;
  };
  const write = (change: Partial<AppFlags>): AppFlags => {
    const next = { ...read(), ...change };
    const beside = `${file}.${process.pid}.new`;
    writeFileSync(beside, `${JSON.stringify(next)}\n`, { mode: 0o600 });
    renameSync(beside, file);
    return read();
  };
  return { read, write };
}
