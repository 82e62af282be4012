import { ReleaseError } from '../../domain/failure.ts';
import { notConfigured } from '../../domain/not-configured.ts';
import { makeRedactor, type Redact } from '../../domain/redact.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where a database answers, and how people call it. */
export interface Address {
  /** The connection string; never part of a message. */
  readonly href: string;
  readonly host: string;
  readonly port: number;
  /** As in "the database of production". */
  readonly called: string;
  /** Configured name of the secret, like `$DATABASE_URL`; empty for an address that a service gave. */
  readonly secretName: string;
  /** Masks the connection string and its password. */
  readonly redact: Redact;
}

// pg lets parameters of the connection string win over its own settings. Those that are ours to set are taken out;
// the timeouts among them are startup parameters, which a transaction pooler refuses.
const OURS = [
  'application_name',
  'fallback_application_name',
  'connectionTimeoutMillis',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
];

const POSTGRES_PORT = 5432;

const badAddress = (called: string, secretName: string): ReleaseError =>
  new ReleaseError('E_DB_ADDRESS', {
    what: `The address of ${called} is no connection string.`,
    ...(secretName === '' ? {} : { why: `${secretName} does not begin with postgres:// or cannot be read.` }),
    next: 'Give it like postgres://user:password@host/database, special characters in the password written as %40.',
    state: 'untouched',
  });

function parse(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return /^postgres(ql)?:$/.test(url.protocol) ? url : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads a connection string. `require`, `prefer` and `verify-ca` become `verify-full`: that is what pg does with
 * them anyway, after a warning on stderr. Throws E_DB_ADDRESS without a word of the string in it.
 */
export function makeAddress(called: string, secretName: string, text: string): Address {
  const url = parse(text);
  if (url === undefined) throw badAddress(called, secretName);
  for (const name of OURS) url.searchParams.delete(name);
  const mode = url.searchParams.get('sslmode') ?? '';
  const isLoose = /^(require|prefer|verify-ca)$/.test(mode) && !url.searchParams.has('uselibpqcompat');
  if (isLoose) url.searchParams.set('sslmode', 'verify-full');
  const host = url.hostname || url.searchParams.get('host') || 'localhost';
  const port = Number(url.port || url.searchParams.get('port')) || POSTGRES_PORT;
  const redact = makeRedactor([text, url.href, url.password, decode(url.password)]);
  return { href: url.href, host, port, called, secretName, redact };
}

/** The same server without the pooler of Neon: sessions keep their settings there. */
export function withoutPooler(text: string): string {
  const url = parse(text);
  if (url === undefined) return text;
  url.hostname = url.hostname.replace(/-pooler\./, '.');
  return url.href;
}

/**
 * The address of an environment: `questions` may go through a pooler, `migrations` never do. Throws
 * E_NOT_CONFIGURED, E_SECRET_MISSING, E_DB_ADDRESS.
 */
export function readAddress(
  { runbook, secrets }: Surroundings,
  env: string,
  use: 'questions' | 'migrations',
): Address {
  const settings = runbook.environments[env]?.database;
  if (settings === undefined) throw notConfigured(`environments.${env}.database`);
  const isDirect = use === 'migrations';
  const name = (isDirect ? settings.directUrl : undefined) ?? settings.url;
  const text = secrets.read(name).trim();
  const address = makeAddress(`the database of ${env}`, name, isDirect ? withoutPooler(text) : text);
  return learnPassword(address, secrets);
}

/**
 * The address of an environment's ledger, of the postgres store. Throws E_NOT_CONFIGURED, E_SECRET_MISSING,
 * E_DB_ADDRESS.
 */
export function readLedgerAddress(
  { runbook, secrets }: Pick<Surroundings, 'runbook' | 'secrets'>,
  env: string,
): Address {
  const name = runbook.environments[env]?.ledger.url;
  if (name === undefined) throw notConfigured(`environments.${env}.ledger.url`);
  return learnPassword(makeAddress(`the ledger of ${env}`, name, secrets.read(name).trim()), secrets);
}

function learnPassword(address: Address, secrets: Surroundings['secrets']): Address {
  const { password } = new URL(address.href);
  if (password !== '') secrets.learn(decode(password));
  return address;
}
