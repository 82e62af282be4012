import type { FileReport } from '../../../checks/migrations/lint/lint-file.ts';
import { lintSet } from '../../../checks/migrations/lint/lint-set.ts';
import type { PendingFile } from '../../../checks/migrations/lint/read-set.ts';
import { makeSql } from '../../../src/services/sql/real.ts';

const sqlPort = makeSql();

/** A pending file as a probe would have read it. */
const pendingFile = async (path: string, sql: string): Promise<PendingFile> => ({
  path,
  sql,
  read: await sqlPort.read(sql),
  isRollback: false,
  backPath: path.replace('.sql', '_rollback.sql'),
});

/** The reports on files that are pending together, in order. */
export async function lintTexts(
  texts: readonly string[],
  takesNotes = false,
): Promise<readonly FileReport[]> {
  const pending = await Promise.all(texts.map((sql, i) => pendingFile(`000${i + 1}.sql`, sql)));
  return lintSet({ history: [], pending }, takesNotes);
}

/** What the last of the files says: `rule level line:column`. */
export async function sayRemarks(...texts: readonly string[]): Promise<readonly string[]> {
  const reports = await lintTexts(texts);
  return (reports.at(-1)?.remarks ?? []).map((one) => `${one.rule} ${one.level} ${one.line}:${one.column}`);
}
