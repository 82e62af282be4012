import { ReleaseError } from '../../domain/failure.ts';
import type { Statement } from '../../domain/parity/find-touched.ts';
import type { MigrationFile } from '../../services/postgres/port.ts';
import type { SqlPort } from '../../services/sql/port.ts';

const notSql = (tag: string): ReleaseError =>
  new ReleaseError('E_MIGRATION_SYNTAX', {
    what: `The migration ${tag} cannot be read as SQL.`,
    why: 'What it changes is not known, so that nothing can be explained by it.',
    next: 'Correct it; release preflight --only "migrations.*" names the place.',
    state: 'untouched',
  });

async function readOne(sql: SqlPort, file: MigrationFile): Promise<readonly Statement[]> {
  const read = await sql.read(file.sql);
  if (!read.ok) throw notSql(file.tag);
  return read.statements
    .filter(({ origin }) => origin !== 'function')
    .map(({ kind, fields, origin }) => ({ kind, fields, isConditional: origin === 'block' }));
}

/** The statements that run with these files, in order, those of blocks too. Throws E_MIGRATION_SYNTAX. */
export const readStatements = async (
  sql: SqlPort,
  files: readonly MigrationFile[],
): Promise<readonly Statement[]> => (await Promise.all(files.map((file) => readOne(sql, file)))).flat();
