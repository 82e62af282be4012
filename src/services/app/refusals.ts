import { ReleaseError } from '../../domain/failure.ts';

/** The application answers, but not with what has to be compared. */
export const notTold = (address: string, what: string, next: string): ReleaseError =>
  new ReleaseError('E_INVENTORY', {
    what: `${address} ${what}.`,
    why: 'What is not told cannot be compared, and is not taken for equal.',
    next,
    state: 'untouched',
  });

export const tokenRefused = (address: string, status: number, token: string | undefined): ReleaseError =>
  token === undefined
    ? notTold(
        address,
        `answers HTTP ${status} to a request without a token`,
        'Name the token as health.token of the environment.',
      )
    : new ReleaseError('E_SECRET_REFUSED', {
        what: `${address} refused ${token.slice(1)} (HTTP ${status}).`,
        next: `Put the token that the application was started with into ${token.slice(1)}.`,
        state: 'untouched',
      });

export const noAddress = (env: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `environments.${env}.health.api is not configured.`,
    why: 'There the application tells what it is made of.',
    next: 'Name its path, like /api/health; docs/parity.md says what it answers.',
    state: 'untouched',
  });
