import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findCacheFolder } from './cache-folder.ts';

/** Marks what the program was built from (scripts/build.mjs); sources that run unbuilt remember nothing. */
declare const RELEASE_BUILD: string | undefined;

type Env = Readonly<Record<string, string | undefined>>;

/** Files of a kind that are kept at most; one more takes the place of another. */
const SLOTS = { config: 16, record: 64 };
const FOREIGN_WRITE = 0o022;

/** Where something is kept, and as what. */
export interface Slot {
  readonly path: string;
  readonly key: string;
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The place of what is called `name`, and holds for exactly these parts, this build and this Node; undefined where nothing is kept. */
export function findSlot(
  env: Env,
  kind: keyof typeof SLOTS,
  name: string,
  parts: readonly unknown[],
): Slot | undefined {
  const build = typeof RELEASE_BUILD === 'undefined' ? undefined : RELEASE_BUILD;
  const folder = build === undefined ? undefined : findCacheFolder(env, kind);
  if (build === undefined || folder === undefined) return undefined;
  const slot = Number.parseInt(sha256(name).slice(0, 8), 16) % SLOTS[kind];
  const key = sha256(JSON.stringify([build, process.version, ...parts]));
  return { path: join(folder, `${slot}.json`), key };
}

/** Of a file that is this account's and that nobody else may write to. */
function readOwn(path: string): Buffer | undefined {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const facts = fstatSync(file);
    const own = process.getuid?.();
    const isOurs = own === undefined || (facts.uid === own && (facts.mode & FOREIGN_WRITE) === 0);
    return facts.isFile() && isOurs ? readFileSync(file) : undefined;
  } finally {
    closeSync(file);
  }
}

/** Key and sum of what follows, each a line. */
const headOf = (key: string, body: string | Uint8Array): string => `${key}\n${sha256(body)}\n`;
const HEAD_BYTES = 2 * 65;

/** What `use` makes of what was kept; anything but exactly what was written for this key, whole, is no answer. */
export function useKept<T>({ path, key }: Slot, use: (body: Buffer) => T): T | undefined {
  try {
    const bytes = readOwn(path);
    const body = bytes?.subarray(HEAD_BYTES);
    if (bytes === undefined || body === undefined) return undefined;
    return bytes.toString('latin1', 0, HEAD_BYTES) === headOf(key, body) ? use(body) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it, written beside and renamed. A folder that cannot be written costs time, not the run. */
export function writeKept({ path, key }: Slot, body: string): void {
  const beside = `${path}.${process.pid}`;
  try {
    writeFileSync(beside, headOf(key, body) + body, { mode: 0o600 });
    renameSync(beside, path);
  } catch {
    // Nobody is served by an error about what can be made again; half of it must not stay.
    rmSync(beside, { force: true });
  }
}
