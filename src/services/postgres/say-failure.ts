import { type FailureCode, ReleaseError, type StateAfter } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { Address } from './address.ts';
import { isCut, type PostgresFailure } from './read-failure.ts';

interface Meaning {
  readonly code: FailureCode;
  readonly next: string;
}

const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^3D000$/, { code: 'E_DB_MISSING', next: 'Correct the database in the connection string, or create it.' }],
  [/^42501$/, { code: 'E_DB_RIGHTS', next: 'Grant the role what it lacks, or use another role.' }],
  [/^53300$/, { code: 'E_DB_FULL', next: 'Close idle sessions, then try again.' }],
  [
    /^(55P03|40P01|40001)$/,
    {
      code: 'E_DB_LOCKED',
      next: 'End what holds the lock (release preflight --only database.blocking-queries), then try again.',
    },
  ],
  [/^57014$/, { code: 'E_DB_TIMEOUT', next: 'Look what the database is busy with, then try again.' }],
  [
    /^57P03$/,
    { code: 'E_DB_UNREACHABLE', next: 'The server is starting or stopping; try again in a moment.' },
  ],
];

const OTHER: Meaning = { code: 'E_DB_REFUSED', next: 'Correct what PostgreSQL objects to, then try again.' };

function meaningOf(address: Address, failure: PostgresFailure): Meaning {
  const { secretName } = address;
  if (isCut(failure)) return { code: 'E_DB_CUT', next: 'Look whether the server is up, then try again.' };
  const code = failure.kind === 'sql' ? failure.code : '';
  if (/^28/.test(code)) {
    const where = secretName === '' ? 'its address' : secretName;
    return { code: 'E_SECRET_REFUSED', next: `Put a valid user and password into ${where}.` };
  }
  return MEANINGS.find(([pattern]) => pattern.test(code))?.[1] ?? OTHER;
}

/** What PostgreSQL said, in one line, without anything of the connection string, and without the value it objects to. */
export function sayWords(address: Address, failure: PostgresFailure): string {
  if (failure.kind === 'network') return failure.why;
  // "invalid input syntax for type integer: ..." quotes a row; a division by zero or a text too long does not.
  if (/^22(?!012|001)/.test(failure.code)) return 'a value does not fit';
  return oneLine(address.redact(failure.said), 240);
}

/** The code that stands for this failure of a statement. */
export const codeOf = (address: Address, failure: PostgresFailure): FailureCode =>
  meaningOf(address, failure).code;

/** The one translation of a statement that failed; `doing` follows "did not". */
export function sayFailure(
  address: Address,
  doing: string,
  failure: PostgresFailure,
  state: StateAfter = 'untouched',
): ReleaseError {
  const { code, next } = meaningOf(address, failure);
  const why = `${sayWords(address, failure)}${failure.kind === 'sql' ? ` (${failure.code})` : ''}`;
  return new ReleaseError(code, { what: `${upper(address.called)} did not ${doing}.`, why, next, state });
}

/** A connection that did not come about: E_SECRET_REFUSED, E_DB_MISSING, E_DB_FULL, else E_DB_UNREACHABLE. */
export function sayUnreached(address: Address, failure: PostgresFailure): ReleaseError {
  const refused = failure.kind === 'sql' && /^(28|3D000|53300)/.test(failure.code);
  if (refused) return sayFailure(address, 'let us in', failure);
  return new ReleaseError('E_DB_UNREACHABLE', {
    what: `${upper(address.called)} was not reached at ${address.host}.`,
    why: sayWords(address, failure),
    next: 'Check the address, the network and whether the server is up. Then try again.',
    state: 'untouched',
  });
}

/** The program ends while something still wanted to ask. */
export const sayClosed = (address: Address): ReleaseError =>
  sayFailure(address, 'get asked', { kind: 'network', why: 'the connections were closed' });

const upper = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
