import * as z from 'zod';
import { ReleaseError } from '../../domain/failure.ts';
import type { Address } from './address.ts';
import { type ReadRows, readOne } from './session.ts';

const unseenShape = z.object({ unseen: z.array(z.string()), role: z.string() });

// A hardened server keeps some of its catalogues from ordinary roles.
const UNSEEN = `select quote_ident(current_user) as role, array(select name::text from unnest($1::text[]) name
  where not has_any_column_privilege('pg_catalog.' || name, 'select') order by 1) as unseen`;

/** The catalogues that a statement reads, by its own text. */
const readBy = (sql: string): readonly string[] =>
  [...sql.matchAll(/\b(?:from|join) (pg_[a-z_]+)(?! *\()/g)].map(([, name = '']) => name);

/** Throws E_DB_RIGHTS with the catalogues that `statements` read and this role may not, before anything is compared. */
export async function refuseLimitedView(
  rows: ReadRows,
  { called }: Address,
  statements: readonly string[],
): Promise<void> {
  const names = [...new Set(statements.flatMap(readBy))];
  const { unseen, role } = await readOne(rows, unseenShape, UNSEEN, [names]);
  if (unseen.length === 0) return;
  const all = unseen.map((name) => `pg_catalog.${name}`).join(', ');
  throw new ReleaseError('E_DB_RIGHTS', {
    what: `The role ${role} sees only a part of the schema of ${called} (limited view): it may not read ${all}.`,
    why: 'What cannot be seen is never taken for equal.',
    next: `grant select on ${all} to ${role}, or use another role.`,
    state: 'untouched',
  });
}
