import { isReleaseError, type ReleaseError } from '../../domain/failure.ts';
import type { Address } from './address.ts';
import type { Connections } from './connections.ts';
import { isCut, type PostgresFailure } from './read-failure.ts';
import { sayFailure } from './say-failure.ts';
import { put } from './session.ts';

/** Why a statement has no rows, in the words of the ledger's port (src/ledger/postgres/database.ts). */
type Trouble = 'unreached' | 'cut' | 'crossed' | 'absent' | 'refused';

type Answer =
  | { readonly ok: true; readonly rows: readonly unknown[] }
  | { readonly ok: false; readonly trouble: Trouble; readonly error: ReleaseError };

const TROUBLES: readonly (readonly [RegExp, Trouble])[] = [
  // Serialization, deadlock, a row or name that another transaction made at the same time.
  [/^(40001|40P01|23505|42P06|42P07|42710|42723)$/, 'crossed'],
  [/^(3F000|42P01)$/, 'absent'],
  // A standby that is not yet, or no longer, the primary; a server that starts or stops.
  [/^(25006|57P03|53300)$/, 'unreached'],
  [/^57014$/, 'cut'],
];

function sortOut(failure: PostgresFailure): Trouble {
  if (failure.kind === 'network' || isCut(failure)) return 'cut';
  const isRace = failure.code === 'XX000' && /tuple concurrently/.test(failure.said);
  if (isRace) return 'crossed';
  return TROUBLES.find(([pattern]) => pattern.test(failure.code))?.[1] ?? 'refused';
}

const REACHED_NOT: readonly string[] = ['E_DB_UNREACHABLE', 'E_DB_FULL'];

/** A connection that did not come about: nothing was sent. */
function unreached(error: unknown): Answer {
  if (!isReleaseError(error)) throw error;
  return { ok: false, trouble: REACHED_NOT.includes(error.code) ? 'unreached' : 'refused', error };
}

/**
 * Single statements for the ledger: each in whatever session is free, none of them prepared by name, so that a pooler
 * in transaction mode may stand between (F46).
 */
export const makeLedgerDatabase = (connections: Connections, address: Address) => ({
  where: `at ${address.host}:${address.port}`,
  run: (sql: string, values: readonly unknown[]): Promise<Answer> =>
    runOne(connections, address, sql, values),
});

/** Ends a session that broke, by throwing inside it; what was thrown is the answer. */
class Broken extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('the session broke');
    this.answer = answer;
  }
}

async function runOne(
  connections: Connections,
  address: Address,
  sql: string,
  values: readonly unknown[],
): Promise<Answer> {
  try {
    return await connections.borrow(address, async (client): Promise<Answer> => {
      const answer = await put(client, sql, values);
      if (answer.ok) return answer;
      const trouble = sortOut(answer.failure);
      const error = sayFailure(address, 'keep the ledger', answer.failure, 'unclear');
      const failed = { ok: false, trouble, error } as const;
      if (trouble === 'cut' || trouble === 'unreached') throw new Broken(failed);
      return failed;
    });
  } catch (error) {
    return error instanceof Broken ? error.answer : unreached(error);
  }
}
