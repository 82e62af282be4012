import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { JsonObject } from '../../domain/json.ts';
import type { Change } from '../../domain/watch/change.ts';
import type { CliContext } from '../context.ts';

/** Where changes go line by line, as they come. */
export interface Lines {
  write(change: Change): void;
  close(): void;
}

/** `--events` of a watch: one line for each change of a rule (docs/ticks.md), on the disk before the next one comes. */
export function openLines({ flags, cwd, out, redact }: CliContext): Lines {
  const { events } = flags;
  if (events === undefined) return { write: () => undefined, close: () => undefined };
  if (events === '-')
    return { write: (change) => out.json(change as unknown as JsonObject), close: () => undefined };
  const path = resolve(cwd, events);
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  return {
    write: (change) => void writeSync(file, `${redact(JSON.stringify(change))}\n`),
    close: () => closeSync(file),
  };
}
