import { ReleaseError } from '../domain/failure.ts';
import type { Secrets } from '../domain/secrets.ts';
import type { Runbook } from './schema/index.ts';

/** A secret that the configuration names, and the parts that need it. */
export interface SecretUse {
  /** Without the `$`. */
  readonly name: string;
  readonly paths: readonly string[];
}

const isSecret = (value: unknown): value is string =>
  typeof value === 'string' && /^\$[A-Z][A-Z0-9_]*$/.test(value);

function walk(value: unknown, path: string, found: Map<string, string[]>): void {
  if (isSecret(value)) found.set(value.slice(1), [...(found.get(value.slice(1)) ?? []), path]);
  if (value === null || typeof value !== 'object') return;
  for (const [key, one] of Object.entries(value)) walk(one, path === '' ? key : `${path}.${key}`, found);
}

/** Every secret that an environment needs, by name; without `env` those of all environments. */
export function listSecrets(runbook: Runbook, env?: string): readonly SecretUse[] {
  const found = new Map<string, string[]>();
  const { environments, ...rest } = runbook;
  walk(rest, '', found);
  for (const [name, environment] of Object.entries(environments)) {
    if (env === undefined || env === name) walk(environment, `environments.${name}`, found);
  }
  return [...found].map(([name, paths]) => ({ name, paths })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Those that nobody has set. */
export const findMissing = (runbook: Runbook, secrets: Secrets, env?: string): readonly SecretUse[] =>
  listSecrets(runbook, env).filter((use) => !secrets.has(use.name));

/** All missing ones in one error, exit 4 (ux 2.2). */
export function refuseMissing(uses: readonly SecretUse[]): ReleaseError {
  const names = uses.map((use) => use.name).join(', ');
  const paths = [...new Set(uses.flatMap((use) => use.paths))];
  return new ReleaseError('E_SECRET_MISSING', {
    what:
      uses.length === 1 ? `1 secret is missing: ${names}` : `${uses.length} secrets are missing: ${names}`,
    why: `used by ${paths.slice(0, 6).join(', ')}${paths.length > 6 ? ` and ${paths.length - 6} more` : ''}`,
    next: 'Put them in .env.runbook or the CI secret store; template: .env.runbook.example',
    state: 'untouched',
  });
}

const hostAndName = (url: string): string | undefined => {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return undefined;
  }
};

/**
 * Refuses when two environments' databases are one: the names differ, the values do not (T31). Also refuses a key of
 * the wrong Stripe mode before anything is asked of Stripe (T29). Values that are not set cannot be compared.
 */
export function checkValues(runbook: Runbook, secrets: Secrets): void {
  const seen = new Map<string, string>();
  for (const [env, { database, stripe }] of Object.entries(runbook.environments)) {
    const mark = database && secrets.has(database.url) ? hostAndName(secrets.read(database.url)) : undefined;
    const other = mark === undefined ? undefined : seen.get(mark);
    if (other !== undefined) throw sameDatabase(other, env);
    if (mark !== undefined) seen.set(mark, env);
    if (stripe && secrets.has(stripe.secretKey))
      checkMode(env, stripe.mode, stripe.secretKey, secrets.read(stripe.secretKey));
  }
}

function checkMode(env: string, mode: 'live' | 'test', name: string, key: string): void {
  const found = /^[sr]k_(live|test)_/.exec(key)?.[1];
  if (found === mode) return;
  const what = found
    ? `${name.slice(1)} is a ${found} key (${key.slice(0, 8)}…)`
    : `${name.slice(1)} is no secret key of Stripe`;
  throw new ReleaseError('E_STRIPE_MODE', {
    what: `${what} but ${env} needs ${mode}.`,
    next: `Put the ${mode} key into ${name.slice(1)}.`,
    state: 'untouched',
  });
}

const sameDatabase = (one: string, other: string): ReleaseError =>
  new ReleaseError('E_ENV_MIXED_UP', {
    what: `environments.${one}.database and environments.${other}.database point to the same database.`,
    why: 'A test would reach the wrong one.',
    next: 'Give each environment its own connection string.',
    state: 'untouched',
  });
