import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ReleaseError } from '../../domain/failure.ts';
import { findProgram } from '../../sandbox/find-package-root.ts';
import { readWorldFile, type WorldFile } from '../../sandbox/world/world-file.ts';
import { makeChildEnv } from '../../services/shell/child-env.ts';

export interface WorldWish {
  /** Where configuration, secrets and ledger go. */
  readonly folder: string;
  readonly speed: number;
  /** How many times faster than usual its vendors work; left out: as usual. */
  readonly pace?: number;
  /** True: it outlives this command. */
  readonly stays: boolean;
  readonly say: (part: string) => void;
}

/** A world in a process of its own. */
export interface WorldProcess {
  readonly file: WorldFile;
  /** Ends it and waits; does nothing for one that stays. */
  end(): Promise<void>;
}

const notUp = (why: string): ReleaseError =>
  new ReleaseError('E_SANDBOX', {
    what: 'The sandbox did not start.',
    why,
    next: 'Do what the reason says; npm ci installs what the sandbox needs.',
    state: 'untouched',
  });

interface Line {
  readonly starting?: string;
  readonly ready?: boolean;
  readonly failed?: string;
}

const readLine = (text: string): Line => {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return {};
  }
};

function startProcess({ folder, speed, stays, pace }: WorldWish) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const order = JSON.stringify({ folder, speed, stays, pace });
  // A group of its own: Ctrl-C in the terminal is answered by this command, which then ends the world in order.
  return spawn(process.execPath, [findProgram('sandbox-world.cjs'), order], {
    detached: true,
    stdio: [stays ? 'ignore' : 'pipe', 'pipe', 'ignore'],
    env: makeChildEnv(setting()),
  });
}

/** The one setting of the sandbox that people may need: where another PostgreSQL lies. */
const setting = (): Record<string, string> => {
  const { RELEASE_SANDBOX_POSTGRES: folder } = process.env;
  return folder === undefined ? {} : { RELEASE_SANDBOX_POSTGRES: folder };
};

/** Starts a world and waits until it is whole. Throws E_SANDBOX with the reason when it does not come up. */
export async function startWorldProcess(wish: WorldWish): Promise<WorldProcess> {
  const child = startProcess(wish);
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let why = 'It ended without a word.';
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const text of lines) {
    const { starting, ready, failed } = readLine(text);
    if (starting !== undefined) wish.say(starting);
    why = failed ?? why;
    if (ready === true) break;
  }
  const file = readWorldFile(wish.folder);
  if (file === undefined) throw notUp(why);
  if (wish.stays) {
    child.unref();
    (child.stdout as unknown as { unref?: () => void }).unref?.();
    return { file, end: async () => undefined };
  }
  return {
    file,
    end: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}
