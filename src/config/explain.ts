import { ReleaseError } from '../domain/failure.ts';
import { didYouMean } from '../domain/suggest.ts';
import type { Loaded } from './load.ts';
import type { Path } from './place.ts';
import { sayPath } from './say-path.ts';
import { SECRET_NAME } from './secret-name.ts';
import type { RunbookSecrets } from './secrets.ts';

/** One value of the configuration, and who said so. */
export interface Explained {
  readonly path: string;
  /** As people read it; of a secret only whether it is set. */
  readonly value: string;
  /** `flag`, `env NAME`, `.env.runbook:4`, `runbook.config.yaml:34:7` or `default`. */
  readonly origin: string;
}

type Known = Pick<Loaded, 'runbook' | 'origin'>;

const LONG_ENOUGH = 16;

/** Enough to tell two keys apart; of a short secret four letters would be too many. */
const sayValue = (value: string): string =>
  value.length >= LONG_ENOUGH ? `set (…${value.slice(-4)})` : 'set';

function explainSecret(name: string, path: string, secrets: RunbookSecrets): Explained {
  const origin = secrets.origin(name);
  if (origin === undefined) return { path, value: `${name} missing`, origin: 'nobody set it' };
  const from = origin.from === 'file' ? `${origin.file}:${origin.line}` : `env ${name.slice(1)}`;
  return { path, value: `${name} ${sayValue(secrets.read(name))}`, origin: from };
}

function sayOrigin({ origin }: Known, path: Path): string {
  const at = origin(path);
  return at === 'default' ? 'default' : `${at.file}:${at.line}:${at.col}`;
}

/** Every value below a path, one by one, with its origin. */
function explainBelow(value: unknown, path: Path, loaded: Known, secrets: RunbookSecrets): Explained[] {
  if (value === undefined) return [];
  const isEmpty = value !== null && typeof value === 'object' && Object.keys(value).length === 0;
  if (value !== null && typeof value === 'object' && !isEmpty)
    return Object.entries(value).flatMap(([key, one]) =>
      explainBelow(one, [...path, Array.isArray(value) ? Number(key) : key], loaded, secrets),
    );
  if (typeof value === 'string' && SECRET_NAME.test(value))
    return [explainSecret(value, sayPath(path), secrets)];
  const said = typeof value === 'string' ? value : JSON.stringify(value);
  return [{ path: sayPath(path), value: said, origin: sayOrigin(loaded, path) }];
}

/** `smoke.calls[3].path` and `smoke.calls.3.path` mean the same. */
const parsePath = (text: string): Path =>
  text
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function noSuchPart(text: string, parent: unknown, part: PropertyKey): ReleaseError {
  const known = parent !== null && typeof parent === 'object' ? Object.keys(parent) : [];
  return new ReleaseError('E_CONFIG_PATH', {
    what: `There is no "${text}" in the configuration.${didYouMean(String(part), known)}`,
    next: known.length > 0 ? `There is: ${known.join(', ')}.` : 'release config print   shows every value',
    state: 'untouched',
  });
}

/** The value at a path like `environments.production.url`; throws E_CONFIG_PATH. */
function findPart(runbook: unknown, text: string): unknown {
  return parsePath(text).reduce<unknown>((at, part) => {
    const hasIt = at !== null && typeof at === 'object' && Object.hasOwn(at, part);
    if (!hasIt) throw noSuchPart(text, at, part);
    return (at as Record<PropertyKey, unknown>)[part];
  }, runbook);
}

/** Every value of the configuration (or below `path`) with its origin; secrets as `set` or `missing`. */
export const explainRunbook = (loaded: Known, secrets: RunbookSecrets, path = ''): readonly Explained[] =>
  explainBelow(findPart(loaded.runbook, path), parsePath(path), loaded, secrets);

const MOST_WIDE = 60;

/** Lines `path   value   ← origin`, in columns. */
export function renderExplained(rows: readonly Explained[]): string {
  const width = (of: (row: Explained) => string): number =>
    Math.min(MOST_WIDE, Math.max(0, ...rows.map((row) => of(row).length)));
  const [first, second] = [width((row) => row.path), width((row) => row.value)];
  return rows
    .map(({ path, value, origin }) => `${path.padEnd(first)}  ${value.padEnd(second)}  ← ${origin}`)
    .join('\n');
}
