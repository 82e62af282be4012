import { type FailureCode, ReleaseError } from '../domain/failure.ts';
import { isLoopback } from '../domain/loopback.ts';
import type { Secrets } from '../domain/secrets.ts';
import type { Path } from './place.ts';
import type { Runbook } from './schema/index.ts';

/** What is wrong with the value of a secret, told without the value. */
export interface WrongValue {
  readonly code: FailureCode;
  readonly path: Path;
  readonly message: string;
}

type Values = Pick<Secrets, 'has' | 'read'>;

/** Mode that a Stripe key's prefix claims; restricted keys (rk_) count like secret ones (E-58). */
export function stripeKeyMode(key: string): 'live' | 'test' | 'not-a-secret-key' {
  const mode = /^[sr]k_(live|test)_/.exec(key)?.[1];
  return mode === 'live' || mode === 'test' ? mode : 'not-a-secret-key';
}

/** What is wrong with a key for this mode; undefined when it fits. Repeats the prefix alone. */
function judgeStripeKey(name: string, key: string, env: string, mode: 'live' | 'test'): string | undefined {
  const found = stripeKeyMode(key);
  if (found === mode) return undefined;
  if (found === 'not-a-secret-key')
    return `${name} is no secret key of Stripe (sk_… or rk_…), which ${env} needs`;
  return `${name} is a ${found} key (${key.slice(0, 8)}…) but ${env} is in ${mode} mode`;
}

function checkStripe(runbook: Runbook, secrets: Values): WrongValue[] {
  return Object.entries(runbook.environments).flatMap(([env, { stripe }]) => {
    if (stripe === undefined || !secrets.has(stripe.secretKey)) return [];
    const name = stripe.secretKey.slice(1);
    const message = judgeStripeKey(name, secrets.read(stripe.secretKey), env, stripe.mode);
    const path = ['environments', env, 'stripe', 'secretKey'];
    return message === undefined ? [] : [{ code: 'E_STRIPE_MODE', path, message } as const];
  });
}

/** Host, port and database of an address; Neon's pooled and direct hosts are one. Undefined for no address. */
function databaseOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, port, pathname, searchParams } = new URL(address);
  const host = (searchParams.get('host') ?? hostname).toLowerCase().replace('-pooler.', '.');
  return `${host}:${searchParams.get('port') ?? (port || '5432')}${pathname}`;
}

function checkDatabases(runbook: Runbook, secrets: Values): WrongValue[] {
  const seen = new Map<string, { readonly env: string; readonly said: string }>();
  const addresses = Object.entries(runbook.environments).flatMap(([env, { database }]) =>
    (['url', 'directUrl'] as const).map((part) => ({ env, part, name: database?.[part] })),
  );
  return addresses.flatMap(({ env, part, name }) => {
    const mark = name && secrets.has(name) ? databaseOf(secrets.read(name)) : undefined;
    if (mark === undefined) return [];
    const said = `environments.${env}.database.${part}`;
    const other = seen.get(mark);
    if (other === undefined) seen.set(mark, { env, said });
    if (other === undefined || other.env === env) return [];
    const message = `${other.said} and ${said} point to the same database`;
    return [{ code: 'E_ENV_MIXED_UP', path: ['environments', env, 'database', part], message } as const];
  });
}

/** Addresses that are secrets, by where the file names them. */
const secretAddresses = ({ environments, services }: Runbook): (readonly [Path, string | undefined])[] => [
  ...Object.entries(environments).flatMap(([env, { database, ledger, statusPage }]) => [
    ...(['url', 'directUrl'] as const).map(
      (part) => [['environments', env, 'database', part], database?.[part]] as const,
    ),
    [['environments', env, 'ledger', 'url'], ledger.url] as const,
    [
      ['environments', env, 'statusPage', 'url'],
      statusPage?.kind === 'webhook' ? statusPage.url : undefined,
    ] as const,
  ]),
  ...Object.entries(services.slack?.channels ?? {}).map(
    ([name, channel]) =>
      [['services', 'slack', 'channels', name], 'webhook' in channel ? channel.webhook : undefined] as const,
  ),
  [['services', 'mail', 'smtp'], services.mail?.smtp],
];

/** A sandbox reaches this machine alone: its waits are short, and what it says is said to be no release (T47). */
function checkSandbox(runbook: Runbook, secrets: Values): WrongValue[] {
  if (!runbook.sandbox) return [];
  return secretAddresses(runbook).flatMap(([path, name]) => {
    if (name === undefined || !secrets.has(name) || isLoopback(secrets.read(name))) return [];
    const message = `sandbox: true, but ${name.slice(1)} (${path.join('.')}) leads away from this machine`;
    return [{ code: 'E_SANDBOX_REAL', path, message } as const];
  });
}

/**
 * What only the values can tell: two environments whose databases are one although their names differ (T31), a Stripe
 * key of the wrong mode (T29), and a sandbox that would reach something real (T47). Values that nobody has set cannot be
 * compared and are not complained about.
 */
export const findWrongValues = (runbook: Runbook, secrets: Values): readonly WrongValue[] => [
  ...checkSandbox(runbook, secrets),
  ...checkDatabases(runbook, secrets),
  ...checkStripe(runbook, secrets),
];

/** All of them in one error: E_SANDBOX_REAL, E_ENV_MIXED_UP or E_STRIPE_MODE, exit 2. Does nothing when there are none. */
export function refuseWrongValues(wrong: readonly WrongValue[]): void {
  const [first] = wrong;
  if (first === undefined) return;
  throw new ReleaseError(first.code, {
    what: `${wrong.map((one) => one.message).join('; ')}.`,
    why: 'Something meant for one environment would reach another.',
    next: 'Correct the values in .env.runbook or in the secret store of CI.',
    state: 'untouched',
  });
}
