import { extname } from 'node:path';
import { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Output } from './context.ts';

const KINDS = ['.json', '.md'];

/** Throws E_OUT_KIND for an --out file whose kind cannot be written; asked before any work is done. */
export function checkOutFiles(files: readonly string[]): void {
  const wrong = files.filter((file) => !KINDS.includes(extname(file)));
  if (wrong.length === 0) return;
  throw new ReleaseError('E_OUT_KIND', {
    what: `--out cannot write ${wrong.join(', ')}.`,
    next: 'End the name in .json or .md.',
    state: 'untouched',
  });
}

const asMarkdown = (envelope: JsonObject, text: string): string => {
  const { command, version, verdict, finishedAt } = envelope;
  const head = [`# release ${command}`, version ?? '', verdict ? `— ${String(verdict).toUpperCase()}` : ''];
  return `${head.filter(Boolean).join(' ')}\n\n${finishedAt}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
};

/** Writes the result beside printing it, in the kind that each file's name says. */
export function writeOutFiles(
  files: readonly string[],
  envelope: JsonObject,
  text: string,
  out: Output,
): void {
  for (const file of files) {
    const isJson = extname(file) === '.json';
    out.file(file, isJson ? `${JSON.stringify(envelope, null, 2)}\n` : asMarkdown(envelope, text));
  }
}
