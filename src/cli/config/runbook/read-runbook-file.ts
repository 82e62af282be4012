import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nameOf } from '../../../config/find-file.ts';
import { ReleaseError } from '../../../domain/failure.ts';
import type { RunbookDocument } from '../../../domain/runbook/document.ts';
import { readDocument } from '../../../domain/runbook/read-document.ts';

/** Most a written runbook may hold. */
const MAX_BYTES = 2 * 1024 * 1024;

const unreadable = (file: string, why: string): ReleaseError =>
  new ReleaseError('E_RUNBOOK_UNREADABLE', {
    what: `${file} cannot be read: ${why}.`,
    next: 'Name the Markdown file of the runbook with --runbook.',
    state: 'untouched',
  });

/** The written runbook of that path; throws E_RUNBOOK_UNREADABLE, also for what is no text. */
export function readRunbookFile(cwd: string, path: string): RunbookDocument {
  const file = resolve(cwd, path);
  const shown = nameOf(cwd, file);
  const facts = statSync(file, { throwIfNoEntry: false });
  if (facts === undefined) throw unreadable(shown, 'there is no such file');
  if (!facts.isFile()) throw unreadable(shown, 'it is no file');
  if (facts.size > MAX_BYTES) throw unreadable(shown, `it is larger than ${MAX_BYTES / 1024 / 1024} MiB`);
  const text = readText(file, shown);
  if (text.includes('\0')) throw unreadable(shown, 'it is no text');
  return readDocument(shown, text);
}

function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(shown, error instanceof Error && 'code' in error ? String(error.code) : 'no access');
  }
}
