import { ReleaseError } from './failure.ts';

/** E_NOT_CONFIGURED for what somebody needs all the same; `what` as the configuration writes it: `services.neon`. */
export const notConfigured = (what: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `${what} is not configured.`,
    next: 'Configure it, or leave out what needs it.',
    state: 'untouched',
  });
