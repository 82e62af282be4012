import { ReleaseError } from '../../domain/failure.ts';
import { namesMade, namesTaken, wayOf } from '../../domain/statement-way.ts';
import { parseText } from '../sql/parse.ts';
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

/**
 * Reads a file into its statements, by the server's own grammar. Throws E_MIGRATION_SYNTAX and E_MIGRATION_CONTROL with
 * line and column; nothing has been sent then.
 */
export async function readScript(path: string, sql: string): Promise<Script> {
  const bytes = Buffer.from(sql);
  const charactersBefore = (at: number): number => [...bytesToText(bytes, 0, at)].length;
  const parsed = await parseText(sql, (at) => at);
  if ('said' in parsed) throw unreadable(path, sql, charactersBefore(parsed.at), parsed.said);
  const statements = parsed.map(({ kind, fields, at, end }): Statement => {
    const node = { [kind]: fields };
    const way = wayOf(node);
    if (way === 'control') throw controls(path, sql, charactersBefore(at));
    const text = bytesToText(bytes, at, end);
    return { text, at: charactersBefore(at), way, makes: namesMade(node), takes: namesTaken(node) };
  });
  return { path, sql, statements };
}
