import { ReleaseError } from '../../domain/failure.ts';

const notConfigured = (name: string): ReleaseError =>
  new ReleaseError('E_NOT_CONFIGURED', {
    what: `${name} is not configured in runbook.config.yaml.`,
    why: 'Plans and checks leave out what is not configured; this one should have.',
    next: `Configure ${name}, or leave out what needs it.`,
    state: 'untouched',
  });

/** Stands where a service is not configured: every call on it throws E_NOT_CONFIGURED instead of guessing. */
export const absentService = <Port extends object>(name: string): Port =>
  new Proxy({} as Port, {
    get: (_, member) => {
      // An object that is awaited or printed is asked for these; it is no call of the port.
      if (typeof member === 'symbol' || member === 'then' || member === 'toJSON') return undefined;
      return () => {
        throw notConfigured(name);
      };
    },
  });
