import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Output } from './context.ts';

/** Keeps a bug's stack where people find it and off their screen; returns the lines for stderr. */
export function reportBug(error: unknown, out: Output, name: string): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const file = writeLog(out, `${name}.log`, stack);
  const first = error instanceof Error ? error.message : String(error);
  return [
    `error  Something unexpected broke: ${first.split('\n')[0]}`,
    '  now  Nothing after the current step was started. release status says how far it got.',
    file === undefined ? stack : `  see  ${file}`,
  ].join('\n');
}

// A read-only checkout must not hide the stack: the temporary folder is the second choice.
function writeLog(out: Output, name: string, text: string): string | undefined {
  for (const folder of [join('.release', 'logs'), join(tmpdir(), 'release-logs')]) {
    try {
      out.file(join(folder, name), `${text}\n`);
      return join(folder, name);
    } catch {
      // The next folder.
    }
  }
  return undefined;
}
