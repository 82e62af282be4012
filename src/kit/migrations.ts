import type { Runbook } from '../config/schema/index.ts';
import { ReleaseError } from '../domain/failure.ts';
import { readJournal } from '../domain/journal.ts';
import { sha256 } from '../ledger/digest.ts';
import type { GitPort } from '../services/git/port.ts';
import type { AppliedMigration, MigrationFile } from '../services/postgres/port.ts';

type Settings = NonNullable<Runbook['migrations']>;

/**
 * The migration files of a commit in the journal's order, each with its hash and rollback script.
 * Throws E_MIGRATION_MISSING when the journal names a file that is not there, E_JOURNAL_SHAPE when it is no journal.
 */
export async function readMigrations(
  git: Pick<GitPort, 'readFile' | 'listFiles'>,
  commit: string,
  settings: Settings,
): Promise<readonly MigrationFile[]> {
  const [text, there] = await Promise.all([
    git.readFile(commit, settings.journalFile),
    git.listFiles(commit, settings.folder),
  ]);
  if (text === undefined) return [];
  const present = new Set(there);
  const read = (path: string) => git.readFile(commit, path);
  return Promise.all(
    readJournal(text, settings.journalFile).map(({ tag, when }) =>
      readOne(tag, when, settings, present, read),
    ),
  );
}

async function readOne(
  tag: string,
  when: number,
  settings: Settings,
  present: ReadonlySet<string>,
  read: (path: string) => Promise<string | undefined>,
): Promise<MigrationFile> {
  const path = `${settings.folder}/${tag}.sql`;
  const back = `${settings.folder}/${tag}${settings.rollbackSuffix}`;
  // Asked for in the same moment, so that git reads all of them in one process.
  const [sql, rollbackSql] = await Promise.all([read(path), present.has(back) ? read(back) : undefined]);
  if (sql === undefined) throw missingFile(path, settings.journalFile);
  return { tag, when, sql, hash: sha256(sql), ...(rollbackSql === undefined ? {} : { rollbackSql }) };
}

const missingFile = (path: string, journal: string): ReleaseError =>
  new ReleaseError('E_MIGRATION_MISSING', {
    what: `${path} is named in the journal but is not in the commit.`,
    why: `${journal} lists it, so the database would stay behind the code.`,
    next: 'Add the file, or take the entry out of the journal.',
    state: 'untouched',
  });

/** Files whose hash the database does not remember, in order. */
export const findPending = (
  files: readonly MigrationFile[],
  applied: readonly AppliedMigration[],
): readonly MigrationFile[] => {
  const hashes = new Set(applied.map((one) => one.hash));
  const names = new Set(applied.map((one) => one.name));
  return files.filter((file) => !hashes.has(file.hash) && !names.has(file.tag));
};
