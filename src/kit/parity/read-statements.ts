import { ReleaseError } from '../../domain/failure.ts';
import type { Statement } from '../../domain/parity/find-touched.ts';
import type { MigrationFile } from '../../services/postgres/port.ts';

const notSql = (tag: string): ReleaseError =>
  new ReleaseError('E_MIGRATION_SYNTAX', {
    what: `The migration ${tag} cannot be read as SQL.`,
    why: 'What it changes is not known, so that nothing can be explained by it.',
    next: 'Correct it; release preflight --only "migrations.*" names the place.',
    state: 'untouched',
  });

type Parsed = { readonly stmts?: readonly { readonly stmt?: Readonly<Record<string, unknown>> }[] };

async function readOne({ tag, sql }: MigrationFile): Promise<readonly Statement[]> {
  // Loaded when there is something to read: most questions need no grammar.
  const { parse } = await import('libpg-query');
  const { stmts = [] } = await (parse(sql) as Promise<Parsed>).catch(() => {
    throw notSql(tag);
  });
  return stmts.flatMap(({ stmt = {} }) =>
    Object.entries(stmt).map(([kind, fields]) => ({ kind, fields: fields as Statement['fields'] })),
  );
}

/** The statements of migration files, in order, by PostgreSQL's own grammar. Throws E_MIGRATION_SYNTAX. */
export const readStatements = async (files: readonly MigrationFile[]): Promise<readonly Statement[]> =>
  (await Promise.all(files.map(readOne))).flat();
