import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import { sha256 } from '../../ledger/digest.ts';
import type { TaskList } from '../../ledger/fold-tasks.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { listArtifacts } from './list-artifacts.ts';

/** As sha256sum reads it: `sha256sum --check SHA256SUMS`. */
const SUMS = 'SHA256SUMS';

/** What was kept: the evidence of its task, and what could not be. */
export interface Archived {
  readonly said: string;
  readonly warnings: readonly string[];
}

const taken = (folder: string): ReleaseError =>
  new ReleaseError('E_FILE_EXISTS', {
    what: `${folder} has a ${SUMS} already.`,
    why: 'An archive is never overwritten.',
    next: 'Name another folder: release task archive --folder …',
    state: 'untouched',
  });

/**
 * Writes what is to be kept of a release into a folder, without secrets, and a list of digests beside it (POST-21). The digest of that
 * list stands in the ledger with the task, so that nobody can exchange a file unnoticed. Throws E_FILE_EXISTS, E_REPORT_UNREADABLE.
 */
export async function archiveRelease(
  list: TaskList,
  folder: string,
  { cwd, out, redact }: Pick<CliContext, 'cwd' | 'out' | 'redact'>,
  wired: Wired,
): Promise<Archived> {
  const place = resolve(cwd, folder);
  if (existsSync(join(place, SUMS))) throw taken(folder);
  const { artifacts, missing } = await listArtifacts(list, await wired.ledger.read(wired.scope), wired);
  // Digests are of what is written: files pass the redactor.
  const kept = artifacts.map(({ name, text }) => ({ name, text: redact(text) }));
  const sums = kept.map(({ name, text }) => `${sha256(text)}  ${name}\n`).join('');
  for (const { name, text } of kept) out.file(join(place, name), text);
  out.file(join(place, SUMS), sums);
  return {
    said: `${folder}: ${plural(kept.length, 'file')}, ${SUMS} ${sha256(sums)}`,
    warnings: missing.map((path) => `${path} is not on this machine: it is not in the archive.`),
  };
}
