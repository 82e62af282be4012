import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { locateConfig, nameOf, readConfig } from '../../config/find-file.ts';
import type { Loaded } from '../../config/load.ts';
import { originOf, type Remembered, remember } from '../../config/remembered.ts';
import { findCacheFolder } from './cache-folder.ts';

/** Marks what the program was built from (scripts/build.mjs); sources that run unbuilt remember nothing. */
declare const RELEASE_BUILD: string | undefined;

/** Files that are kept at most; a configuration more takes the place of another. */
const SLOTS = 16;

/** What a command needs of its configuration. */
export type Recalled = Pick<Loaded, 'runbook' | 'file' | 'root' | 'digest' | 'origin'>;

interface Order {
  readonly cwd: string;
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Anything but exactly what was written for this text by this build is no answer. */
function recall(slot: string, key: string): Remembered | undefined {
  try {
    const [wanted, sum, ...rest] = readFileSync(slot, 'utf8').split('\n');
    const body = rest.join('\n');
    return wanted === key && sum === sha256(body) ? (JSON.parse(body) as Remembered) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps it, unless it would come back as something else. A folder that cannot be written costs time, not the run. */
function keep(slot: string, key: string, known: Remembered): void {
  const body = JSON.stringify(known);
  if (!isDeepStrictEqual(JSON.parse(body), known)) return;
  const beside = `${slot}.${process.pid}`;
  try {
    writeFileSync(beside, `${key}\n${sha256(body)}\n${body}`, { mode: 0o600 });
    renameSync(beside, slot);
  } catch {
    // Nobody is served by an error about what can be made again; half of it must not stay.
    rmSync(beside, { force: true });
  }
}

/** Where this configuration is remembered, and as what; undefined where nothing is. */
function findSlot(env: Order['env'], file: string, parts: readonly string[]) {
  const build = typeof RELEASE_BUILD === 'undefined' ? undefined : RELEASE_BUILD;
  const folder = build === undefined ? undefined : findCacheFolder(env);
  if (build === undefined || folder === undefined) return undefined;
  const slot = Number.parseInt(sha256(file).slice(0, 8), 16) % SLOTS;
  const key = sha256(JSON.stringify([build, process.version, ...parts]));
  return { path: join(folder, `${slot}.json`), key };
}

/**
 * The checked configuration. Reading YAML and checking every value is a third of a short command, so that the outcome is
 * remembered for exactly this text, build and Node; a configuration with problems is read anew each time. Holds names
 * of secrets, as the file does, never values. Throws what loadRunbook throws.
 */
export async function recallRunbook({ cwd, file, env }: Order): Promise<Recalled> {
  const path = locateConfig(cwd, file);
  const [name, text] = [nameOf(resolve(cwd), path), readConfig(path)];
  const slot = findSlot(env, path, [name, text]);
  const known = slot && recall(slot.path, slot.key);
  if (known) return { ...known, file: path, root: dirname(path), origin: originOf(known) };
  const { acceptChecked, checkText } = await import('../../config/load.ts');
  const loaded = acceptChecked(checkText(name, text), path);
  if (slot) keep(slot.path, slot.key, remember(loaded));
  return loaded;
}
