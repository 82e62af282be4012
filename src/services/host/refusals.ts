import { sayDuration, seconds } from '../../domain/duration.ts';
import { ReleaseError, type StateAfter } from '../../domain/failure.ts';

/** Something answers, and it is an error or the platform's own page. */
export const appDown = (what: string): ReleaseError =>
  new ReleaseError('E_APP_DOWN', {
    what,
    next: 'Start the application, or look at its logs and at the host’s status page.',
    state: 'untouched',
  });

export const healthShape = (address: string, field: string): ReleaseError =>
  new ReleaseError('E_HEALTH_SHAPE', {
    what: `${address} answers, but its answer has no ${field}.`,
    why: 'Without it nobody can tell which version is live.',
    next: 'Let the application answer it, or name the right path and field under host.proof.',
    state: 'untouched',
  });

export const wrongApp = (address: string, found: string, wanted: string): ReleaseError =>
  new ReleaseError('E_WRONG_APP', {
    what: `${address} is not the application of this environment.`,
    why: `It says that it is ${found}; the configuration expects ${wanted}.`,
    next: 'Correct url or identity in the configuration.',
    state: 'untouched',
  });

export const publishRefused = (code: number, lastLines: string): ReleaseError =>
  new ReleaseError('E_PUBLISH_REFUSED', {
    what: `The publish command ended with ${code}.`,
    why: `It may have published all the same.${lastLines === '' ? '' : ` It ended: ${lastLines}`}`,
    next: 'Look at what it said; then resume.',
    state: 'unclear',
  });

export const publishTooLong = (what: string, limitSeconds: number, at = ''): ReleaseError =>
  new ReleaseError('E_PUBLISH_TIMEOUT', {
    what: `${what} did not end within ${sayDuration(seconds(limitSeconds))}.`,
    why: `It may have published all the same.${at === '' ? '' : ` See ${at}`}`,
    next: 'Look what became of it; then resume.',
    state: 'unclear',
  });

export const publishFailed = (workflow: string, conclusion: string, url: string): ReleaseError =>
  new ReleaseError('E_PUBLISH_FAILED', {
    what: `The workflow ${workflow} ended with ${conclusion}.`,
    why: `Its log: ${url}`,
    next: 'Correct what it stumbled over; then resume.',
    state: 'partly-done',
  });

/** The same error, once something may have happened of which it does not speak. */
export const withState = ({ code, text }: ReleaseError, state: StateAfter): ReleaseError =>
  new ReleaseError(code, { ...text, state });
