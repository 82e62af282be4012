import type { Runbook } from '../../../src/kit.ts';
import type { MigrationFile } from '../../../src/services/postgres/port.ts';
import type { SqlPort } from '../../../src/services/sql/port.ts';
import type { OrderTrouble } from './find-order-trouble.ts';
import type { SqlFile } from './lint-file.ts';
import { readGiven } from './read-given.ts';
import type { MigrationSet, PendingFile } from './read-set.ts';

type Settings = NonNullable<Runbook['migrations']>;

/** Files of a commit with the new ones among them, read as the server would; `trouble`: by the names of files. */
export async function readSplit(
  sql: SqlPort,
  { folder, rollbackSuffix }: Pick<Settings, 'folder' | 'rollbackSuffix'>,
  files: readonly MigrationFile[],
  pending: readonly MigrationFile[],
  trouble: ReadonlyMap<string, OrderTrouble> = new Map(),
): Promise<MigrationSet> {
  if (pending.length === 0) return { history: [], pending: [] };
  const pathOf = ({ tag }: MigrationFile, ending: string): string => `${folder}/${tag}${ending}`;
  const readPending = async (file: MigrationFile): Promise<PendingFile> => {
    const backPath = pathOf(file, rollbackSuffix);
    const { sql: text, rollbackSql } = file;
    const back = rollbackSql === undefined ? {} : { back: rollbackSql };
    const path = pathOf(file, '.sql');
    const read = await readGiven(sql, { path, sql: text, backPath, isRollback: false, ...back });
    const found = trouble.get(file.tag);
    return found === undefined ? read : { ...read, trouble: found };
  };
  const history = files.filter((file) => !pending.includes(file));
  const readOld = async (file: MigrationFile): Promise<SqlFile> => ({
    path: pathOf(file, '.sql'),
    sql: file.sql,
    read: await sql.read(file.sql),
  });
  return {
    history: await Promise.all(history.map(readOld)),
    pending: await Promise.all(pending.map(readPending)),
  };
}
