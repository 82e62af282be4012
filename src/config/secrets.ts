import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ReleaseError } from '../domain/failure.ts';
import type { Secrets } from '../domain/secrets.ts';

/** File beside the configuration that holds values; it is never committed. */
export const SECRETS_FILE = '.env.runbook';

export interface LoadedSecrets extends Secrets {
  /** Where a value came from; undefined when nobody set it. */
  origin(name: string): 'environment' | typeof SECRETS_FILE | undefined;
}

const bare = (name: string): string => name.replace(/^\$/, '');

const missing = (name: string): ReleaseError =>
  new ReleaseError('E_SECRET_MISSING', {
    what: `${bare(name)} is not set.`,
    next: `Export it, or put it in ${SECRETS_FILE} beside the configuration (never on the command line).`,
    state: 'untouched',
    see: 'release config check   lists every missing secret at once',
  });

function readFileValues(root: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(join(root, SECRETS_FILE), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ReleaseError('E_SECRETS_UNREADABLE', {
      what: `${join(root, SECRETS_FILE)} cannot be read.`,
      next: 'Look at its owner and rights (0600), or remove it.',
      state: 'untouched',
    });
  }
}

/**
 * Values by name: the process's environment first, then the file. `onValue` hears every value that is handed out
 * or learned, so that the redactor knows it before anything can print it.
 */
export function makeSecrets(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly root: string;
  readonly onValue: (value: string) => void;
}): LoadedSecrets {
  const { env, root, onValue } = options;
  const fromFile = readFileValues(root);
  const find = (name: string): string | undefined => env[bare(name)] || fromFile[bare(name)] || undefined;
  for (const value of Object.values(fromFile)) if (value) onValue(value);
  return {
    has: (name) => find(name) !== undefined,
    read: (name) => {
      const value = find(name);
      if (value === undefined) throw missing(name);
      onValue(value);
      return value;
    },
    learn: onValue,
    origin: (name) => (env[bare(name)] ? 'environment' : fromFile[bare(name)] ? SECRETS_FILE : undefined),
  };
}
