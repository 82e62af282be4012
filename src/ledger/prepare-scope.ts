/** No environment may be called so: its name begins as those of our own keys do. */
const PREPARATIONS = '/x-prepare';

/** The scope of what prepares releases of a service: it works on the repository, and on no environment. */
export const prepareScopeOf = (service: string): string => `${service}${PREPARATIONS}`;

export const isOfPreparations = (scope: string): boolean => scope.endsWith(PREPARATIONS);

/** How `release ledger` is told that the record of this scope is meant. */
export const flagOfScope = (scope: string): string =>
  isOfPreparations(scope) ? '--preparations' : `--env ${scope.split('/')[1]}`;
