import type { Clock } from '../../domain/clock.ts';
import { ReleaseError } from '../../domain/failure.ts';
import type { PostgresPort } from '../../services/postgres/port.ts';
import type { IntegrityReader } from './read-baseline.ts';

type Asked = Pick<PostgresPort, 'readNumber' | 'references'>;

/** How long all questions of a count may take together. */
interface Hurry {
  readonly clock: Clock;
  readonly withinMs: number;
}

/** The questions of the integrity queries, put to the database of an environment. */
export const readerOf = (postgres: Asked, env: string): IntegrityReader => ({
  number: (sql) => postgres.readNumber(env, sql),
  references: () => postgres.references(env),
});

const tooLate = (ms: number): ReleaseError =>
  new ReleaseError('E_DB_TIMEOUT', {
    what: `The database did not answer within ${Math.round(ms / 1000)} s.`,
    next: 'Look what the database is busy with, then ask again.',
    state: 'untouched',
  });

/**
 * The same for somebody who cannot wait: what has no answer in time is E_DB_TIMEOUT. The server is given what is left, so
 * that no count goes on behind; a server that is silent is not waited for.
 */
export function hurriedReaderOf(postgres: Asked, env: string, { clock, withinMs }: Hurry): IntegrityReader {
  const end = clock.monotonic() + withinMs;
  const left = (): number => end - clock.monotonic();
  const inTime = async <T>(asking: Promise<T>): Promise<T> => {
    const own = new AbortController();
    const late = clock.sleep(Math.max(0, left()), own.signal).then(() => {
      throw tooLate(withinMs);
    });
    try {
      return await Promise.race([asking, late]);
    } finally {
      own.abort();
    }
  };
  return {
    number: (sql) => inTime(postgres.readNumber(env, sql, left)),
    references: () => inTime(postgres.references(env)),
  };
}
