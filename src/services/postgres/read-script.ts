import { ReleaseError } from '../../domain/failure.ts';
import { type Node, namesMade, namesTaken, wayOf } from './statement-way.ts';
import { bytesToText, placeAt } from './text-place.ts';

/** One statement of a file. */
export interface Statement {
  readonly text: string;
  /** Where it begins in the file, in characters from 0. */
  readonly at: number;
  /** `outside` cannot run in a transaction; `concurrent` is one of those that wait for others without blocking them. */
  readonly way: 'inside' | 'outside' | 'concurrent';
  /** Indexes that it makes, and that it drops or makes anew, by bare name. */
  readonly makes: readonly string[];
  readonly takes: readonly string[];
}

/** A file of SQL as the server would read it. */
export interface Script {
  /** Path in the repository, for messages. */
  readonly path: string;
  readonly sql: string;
  readonly statements: readonly Statement[];
}

const unreadable = (path: string, sql: string, at: number, said: string): ReleaseError =>
  new ReleaseError('E_MIGRATION_SYNTAX', {
    what: `${path} is no SQL that PostgreSQL can read: ${said}.`,
    why: 'It was read before anything was sent.',
    next: 'Correct the file in the release branch, then plan again.',
    state: 'untouched',
    at: { file: path, ...placeAt(sql, at) },
  });

const controls = (path: string, sql: string, at: number): ReleaseError =>
  new ReleaseError('E_MIGRATION_CONTROL', {
    what: `${path} begins or ends a transaction by itself.`,
    why: 'The file and the note that it was applied belong into one transaction; a COMMIT in between would part them.',
    next: 'Take BEGIN, COMMIT, ROLLBACK and SAVEPOINT out of the file, then plan again.',
    state: 'untouched',
    at: { file: path, ...placeAt(sql, at) },
  });

interface Parsed {
  readonly stmts?: readonly {
    readonly stmt?: Node;
    readonly stmt_location?: number;
    readonly stmt_len?: number;
  }[];
}

/** The server's own parser (libpg-query), because a pattern would take a comment for a statement. */
async function parse(path: string, sql: string): Promise<Parsed> {
  const { parse: parseSql, hasSqlDetails } = await import('libpg-query');
  try {
    return (await parseSql(sql)) as Parsed;
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    throw unreadable(path, sql, error.sqlDetails?.cursorPosition ?? 0, error.message);
  }
}

/**
 * Reads a file into its statements. Throws E_MIGRATION_SYNTAX and E_MIGRATION_CONTROL with line and column; nothing
 * has been sent then.
 */
export async function readScript(path: string, sql: string): Promise<Script> {
  if (sql.trim() === '') return { path, sql, statements: [] };
  const bytes = Buffer.from(sql);
  const { stmts = [] } = await parse(path, sql);
  const statements = stmts.map(({ stmt = {}, stmt_location: from = 0, stmt_len: length }): Statement => {
    const at = [...bytesToText(bytes, 0, from)].length;
    const way = wayOf(stmt);
    if (way === 'control') throw controls(path, sql, at);
    const text = bytesToText(bytes, from, length ? from + length : bytes.length);
    return { text, at, way, makes: namesMade(stmt), takes: namesTaken(stmt) };
  });
  return { path, sql, statements };
}
