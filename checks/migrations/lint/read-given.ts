import type { GivenFile } from '../../../src/kit.ts';
import type { SqlPort } from '../../../src/services/sql/port.ts';
import type { SqlFile } from './lint-file.ts';

const readFile = async (sql: SqlPort, path: string, text: string): Promise<SqlFile> => ({
  path,
  sql: text,
  read: await sql.read(text),
});

/** A file and its rollback script as the server would read them. */
export async function readGiven(sql: SqlPort, { path, sql: text, back, backPath, isRollback }: GivenFile) {
  const read = await readFile(sql, path, text);
  const script = back === undefined ? {} : { back: await readFile(sql, backPath, back) };
  return { ...read, ...script, backPath, isRollback };
}
