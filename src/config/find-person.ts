import type { Runbook } from './schema/index.ts';

/** The key of whoever is called so: by key, name, mail address or login. */
export function findPerson({ people }: Pick<Runbook, 'people'>, called: string): string | undefined {
  const word = called.trim().toLowerCase();
  const isCalled = ([key, { name, email, github }]: [string, Runbook['people'][string]]): boolean =>
    [key, name, email, github].some((one) => one?.toLowerCase() === word);
  return Object.entries(people).find(isCalled)?.[0];
}
