import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ReleaseError } from '../domain/failure.ts';
import type { Secrets } from '../domain/secrets.ts';

/** File beside the configuration that holds values; it is never committed. */
export const SECRETS_FILE = '.env.runbook';

/** Where a value came from. */
export type SecretOrigin =
  | { readonly from: 'environment' }
  | { readonly from: 'file'; readonly file: string; readonly line: number };

/** Secrets that say where they came from and tell the redactor what they know. */
export interface RunbookSecrets extends Secrets {
  /** Every value known so far: what the file holds, what was read and what was learned. */
  all(): readonly string[];
  /** Calls back with every known value now and with each new one later. Returns what takes the listener off. */
  subscribe(listener: (value: string) => void): () => void;
  /** The value of a setting that is no secret, like RELEASE_ENV; the redactor does not hear of it. */
  setting(name: string): string | undefined;
  /** undefined when nobody set it. */
  origin(name: string): SecretOrigin | undefined;
}

const bare = (name: string): string => name.replace(/^\$/, '');

const missing = (name: string): ReleaseError =>
  new ReleaseError('E_SECRET_MISSING', {
    what: `${bare(name)} is not set.`,
    next: `Export it, or put it in ${SECRETS_FILE} beside the configuration (never on the command line).`,
    state: 'untouched',
    see: 'release config check',
  });

function readSecretsFile(file: string | undefined): string {
  if (file === undefined) return '';
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new ReleaseError('E_SECRETS_UNREADABLE', {
      what: `${file} cannot be read.`,
      next: 'Look at its owner and rights (0600 is enough), or remove it.',
      state: 'untouched',
    });
  }
}

/** The line (from 1) that sets a name; the last one wins, as in the parser. */
function lineOf(text: string, name: string): number {
  const sets = new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`);
  return text.split('\n').findLastIndex((line) => sets.test(line)) + 1;
}

/** Settings of the program may stand in the file too. They are no secrets: masking "staging" would garble every screen. */
const SETTINGS = ['RELEASE_ENV'];

const isSecretName = (name: string): boolean => !SETTINGS.includes(name);

function makeMemory(first: readonly string[]) {
  const known = new Set(first);
  const listeners = new Set<(value: string) => void>();
  return {
    known,
    listeners,
    learn: (value: string): void => {
      if (value === '' || known.has(value)) return;
      known.add(value);
      for (const listener of listeners) listener(value);
    },
  };
}

/**
 * Values by name: the process's environment first, then the file (ux 2.2, precedence). Empty counts as missing.
 * Throws E_SECRETS_UNREADABLE for a file that exists and cannot be read; a file that does not exist holds nothing.
 */
export function makeSecrets(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly envFile?: string | undefined;
}): RunbookSecrets {
  const { env, envFile } = options;
  const text = readSecretsFile(envFile);
  const fromFile = new Map(Object.entries(parseEnv(text)));
  const find = (name: string): string | undefined => env[bare(name)] || fromFile.get(bare(name)) || undefined;
  const values = [...fromFile].filter(([name]) => isSecretName(name)).map(([, value]) => value ?? '');
  const { known, listeners, learn } = makeMemory(values.filter(Boolean));
  return {
    has: (name) => find(name) !== undefined,
    read: (name) => {
      const value = find(name);
      if (value === undefined) throw missing(name);
      learn(value);
      return value;
    },
    setting: find,
    learn,
    all: () => [...known],
    subscribe: (listener) => {
      listeners.add(listener);
      for (const value of known) listener(value);
      return () => void listeners.delete(listener);
    },
    origin: (name) => {
      if (env[bare(name)]) return { from: 'environment' };
      if (envFile === undefined || !fromFile.get(bare(name))) return undefined;
      return { from: 'file', file: SECRETS_FILE, line: lineOf(text, bare(name)) };
    },
  };
}
