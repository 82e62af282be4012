import { findPending, readMigrations, type Scope, type Services } from '../../../src/kit.ts';
import { findOrderTrouble, type OrderTrouble } from './find-order-trouble.ts';
import type { SqlFile } from './lint-file.ts';
import { readGiven } from './read-given.ts';
import { readSplit } from './read-split.ts';
import { settingsOf } from './settings-of.ts';

/** A file that is about to be applied, or a script that takes one back. */
export interface PendingFile extends SqlFile {
  readonly isRollback: boolean;
  /** Its rollback script; the place where one belongs is known also when there is none. */
  readonly back?: SqlFile;
  readonly backPath: string;
  readonly trouble?: OrderTrouble;
}

export interface MigrationSet {
  /** Files that are applied, in order; what they say of the schema helps to judge the next. */
  readonly history: readonly SqlFile[];
  readonly pending: readonly PendingFile[];
}

type Needed = Pick<Services, 'git' | 'postgres' | 'sql'>;

async function readRelease({ git, postgres, sql }: Needed, scope: Scope): Promise<MigrationSet> {
  const settings = settingsOf(scope.runbook);
  const files = await readMigrations(git, scope.release?.commit ?? '', settings);
  const applied = await postgres.appliedMigrations(scope.env, settings.journal);
  const pending = findPending(files, applied);
  return readSplit(sql, settings, files, pending, findOrderTrouble(pending, applied));
}

/** The files to judge: those that were given, or else those that the release brings and the database does not know. */
export async function readSet(services: Needed, scope: Scope): Promise<MigrationSet> {
  if (scope.files === undefined) return readRelease(services, scope);
  const pending = await Promise.all(scope.files.map((file) => readGiven(services.sql, file)));
  return { history: [], pending };
}
