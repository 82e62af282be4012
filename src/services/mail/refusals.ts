import { ReleaseError } from '../../domain/failure.ts';

interface MailFailure {
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly responseCode?: unknown;
}

/** Failures that come before the server was given the letter. */
const BEFORE = new Set(['EDNS', 'ETLS', 'EAUTH', 'EENVELOPE', 'ENOAUTH', 'ECONFIG', 'EPROXY']);
const UNREACHED = new Set(['ECONNECTION', 'EDNS', 'ETLS', 'ESOCKET', 'ETIMEDOUT', 'EPROXY']);

/** The failure in our words. The library's text is left out, because it can hold the server's address and user. */
export function mailFailed(error: unknown): ReleaseError {
  const { code, syscall, responseCode } = (error ?? {}) as MailFailure;
  const word = typeof code === 'string' ? code : 'no answer';
  const status = typeof responseCode === 'number' ? ` ${responseCode}` : '';
  // The library's `command` says CONN for any broken connection, also for one that broke after the letter.
  const isEarly = BEFORE.has(word) || syscall === 'connect';
  return new ReleaseError(UNREACHED.has(word) ? 'E_MAIL_UNREACHABLE' : 'E_MAIL_REFUSED', {
    what: `The e-mail was not accepted (${word}${status}).`,
    next:
      word === 'EAUTH'
        ? 'Correct the user and password in the secret of services.mail.smtp.'
        : 'Check services.mail, then send the message again.',
    state: isEarly ? 'untouched' : 'unclear',
  });
}

/** The server took the letter for some, not for all: that is a failure. */
export const mailRejected = (rejected: readonly string[], accepted: number): ReleaseError =>
  new ReleaseError('E_MAIL_REFUSED', {
    what: `The mail server refused ${rejected.length} of ${rejected.length + accepted} addresses.`,
    why: `Refused: ${rejected.join(', ')}.`,
    next: 'Correct the addresses, and send the message to them by hand: the others have it.',
    state: accepted > 0 ? 'partly-done' : 'untouched',
  });

export const mailAbsent = (): ReleaseError =>
  new ReleaseError('E_MAIL_REFUSED', {
    what: 'No e-mail can be written: the configuration has no services.mail.',
    next: 'Add services.mail with at least `from`.',
    state: 'untouched',
  });
