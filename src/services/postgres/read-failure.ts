import { readNetworkFailure } from '../call-failure.ts';

/** What came of a statement or a connection, in plain values: nothing of the driver's error objects is kept (T05). */
export type PostgresFailure =
  | { readonly kind: 'network'; readonly why: string }
  | {
      readonly kind: 'sql';
      /** SQLSTATE. */
      readonly code: string;
      readonly said: string;
      /** Where in the sent text, counted in characters from 1. */
      readonly position?: number;
    };

/** The driver's own errors have no code; these are the ones worth another word than "the connection broke". */
const DRIVER_SAYS: readonly (readonly [RegExp, string])[] = [
  [/timeout|timed out/i, 'no answer in time'],
  [/does not support SSL/i, 'the server speaks no TLS'],
  [/SSL negotiation|TLS/i, 'TLS could not be agreed on'],
];

/** pg has nothing to send when the connection string holds no password; the server would have refused it. */
const isPasswordless = (message: string): boolean => /client password must be a/i.test(message);

/** Detail and hint are left out: they quote rows. */
export function readPostgresFailure(error: unknown): PostgresFailure {
  const { code, message, severity, position } = (error ?? {}) as Record<string, unknown>;
  const said = typeof message === 'string' ? message : '';
  // Only what the server said has a severity; EPIPE would pass for a SQLSTATE.
  if (typeof severity === 'string' && typeof code === 'string') {
    const at = Number(position);
    return { kind: 'sql', code, said, ...(at > 0 ? { position: at } : {}) };
  }
  if (isPasswordless(said)) return { kind: 'sql', code: '28P01', said: 'no password was given' };
  if (typeof code === 'string') return { kind: 'network', why: readNetworkWhy(error) };
  const known = DRIVER_SAYS.find(([pattern]) => pattern.test(said));
  return { kind: 'network', why: known?.[1] ?? 'the connection broke' };
}

function readNetworkWhy(error: unknown): string {
  const failure = readNetworkFailure(error);
  return 'why' in failure ? failure.why : 'the connection broke';
}

/** The server ended the session, or went away itself. */
const CUT = /^(57P01|57P02|57P05|25P03|25P04|08...)$/;

/** True when the session is gone; then nobody may ask it anything more. */
export const isCut = (failure: PostgresFailure): boolean =>
  failure.kind === 'network' || CUT.test(failure.code);
