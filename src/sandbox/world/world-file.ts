import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How other processes find a world that runs. */
export interface WorldFile {
  readonly pid: number;
  readonly control: string;
  readonly token: string;
  readonly config: string;
  readonly app: string;
  readonly staging: string;
  /** How many of its seconds pass in one. */
  readonly speed: number;
}

const NAME = 'world.json';

export const writeWorldFile = (folder: string, world: WorldFile): void =>
  writeFileSync(join(folder, NAME), `${JSON.stringify(world, null, 2)}\n`, { mode: 0o600 });

/** The world that a folder names; undefined when there is no such file. */
export function readWorldFile(folder: string): WorldFile | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as WorldFile;
  } catch {
    return undefined;
  }
}

/** True while the process that wrote the file is there. */
export function isUp({ pid }: WorldFile): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Removes what a world left in a folder; does nothing where no world ever was. */
export function removeWorld(folder: string): void {
  if (readWorldFile(folder) !== undefined) rmSync(folder, { recursive: true, force: true });
}
