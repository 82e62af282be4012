import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { locateConfig, nameOf, readConfig } from '../../config/find-file.ts';
import type { Loaded } from '../../config/load.ts';
import { originOf, type Remembered, remember } from '../../config/remembered.ts';
import { findSlot, type Slot, useKept, writeKept } from './kept-file.ts';

/** What a command needs of its configuration. */
export type Recalled = Pick<Loaded, 'runbook' | 'file' | 'root' | 'digest' | 'origin'>;

interface Order {
  readonly cwd: string;
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const recall = (slot: Slot): Remembered | undefined =>
  useKept(slot, (body) => JSON.parse(body.toString('utf8')) as Remembered);

/** Keeps it, unless it would come back as something else. */
function keep(slot: Slot, known: Remembered): void {
  const body = JSON.stringify(known);
  if (isDeepStrictEqual(JSON.parse(body), known)) writeKept(slot, body);
}

/**
 * The checked configuration. Reading YAML and checking every value is a third of a short command, so that the outcome is
 * remembered for exactly this text, build and Node; a configuration with problems is read anew each time. Holds names
 * of secrets, as the file does, never values. Throws what loadRunbook throws.
 */
export async function recallRunbook({ cwd, file, env }: Order): Promise<Recalled> {
  const path = locateConfig(cwd, file);
  const [name, text] = [nameOf(resolve(cwd), path), readConfig(path)];
  const slot = findSlot(env, 'config', path, [name, text]);
  const known = slot && recall(slot);
  if (known) return { ...known, file: path, root: dirname(path), origin: originOf(known) };
  const { acceptChecked, checkText } = await import('../../config/load.ts');
  const loaded = acceptChecked(checkText(name, text), path);
  if (slot) keep(slot, remember(loaded));
  return loaded;
}
