import { findPending, type GivenFile, readMigrations, type Scope, type Services } from '../../../src/kit.ts';
import type { MigrationFile } from '../../../src/services/postgres/port.ts';
import type { SqlPort } from '../../../src/services/sql/port.ts';
import { findOrderTrouble, type OrderTrouble } from './find-order-trouble.ts';
import type { SqlFile } from './lint-file.ts';
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

const readFile = async (sql: SqlPort, path: string, text: string): Promise<SqlFile> => ({
  path,
  sql: text,
  read: await sql.read(text),
});

async function readGiven(sql: SqlPort, { path, sql: text, back, backPath, isRollback }: GivenFile) {
  const read = await readFile(sql, path, text);
  const script = back === undefined ? {} : { back: await readFile(sql, backPath, back) };
  return { ...read, ...script, backPath, isRollback };
}

async function readRelease({ git, postgres, sql }: Needed, scope: Scope): Promise<MigrationSet> {
  const settings = settingsOf(scope.runbook);
  const files = await readMigrations(git, scope.release?.commit ?? '', settings);
  const applied = await postgres.appliedMigrations(scope.env, settings.journal);
  const pending = findPending(files, applied);
  if (pending.length === 0) return { history: [], pending: [] };
  const trouble = findOrderTrouble(pending, applied);
  const pathOf = ({ tag }: MigrationFile, ending: string): string => `${settings.folder}/${tag}${ending}`;
  const history = files.filter((file) => !pending.includes(file));
  const readPending = async (file: MigrationFile): Promise<PendingFile> => {
    const backPath = pathOf(file, settings.rollbackSuffix);
    const { sql: text, rollbackSql } = file;
    const back = rollbackSql === undefined ? {} : { back: rollbackSql };
    const path = pathOf(file, '.sql');
    const read = await readGiven(sql, { path, sql: text, backPath, isRollback: false, ...back });
    const found = trouble.get(file.tag);
    return found === undefined ? read : { ...read, trouble: found };
  };
  return {
    history: await Promise.all(history.map((file) => readFile(sql, pathOf(file, '.sql'), file.sql))),
    pending: await Promise.all(pending.map(readPending)),
  };
}

/** The files to judge: those that were given, or else those that the release brings and the database does not know. */
export async function readSet(services: Needed, scope: Scope): Promise<MigrationSet> {
  if (scope.files === undefined) return readRelease(services, scope);
  const pending = await Promise.all(scope.files.map((file) => readGiven(services.sql, file)));
  return { history: [], pending };
}
