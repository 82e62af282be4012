import { ReleaseError } from '../domain/failure.ts';
import type { Secrets } from '../domain/secrets.ts';
import type { Loaded } from './load.ts';
import type { Path } from './place.ts';
import type { Place } from './problem.ts';
import { sayPath } from './say-path.ts';
import type { Runbook } from './schema/index.ts';
import { SECRET_NAME } from './secret-name.ts';

/** A secret that the configuration names, and the parts that need it. */
interface SecretUse {
  /** Without the `$`. */
  readonly name: string;
  readonly paths: readonly Path[];
}

/** A secret that nobody has set, with the first place that names it. */
export interface MissingUse extends SecretUse {
  readonly at: Place;
}

function findUses(value: unknown, path: Path): (readonly [string, Path])[] {
  if (typeof value === 'string') return SECRET_NAME.test(value) ? [[value.slice(1), path]] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) =>
    findUses(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Every secret that an environment needs, by name; without `env` those of all environments. */
export function listSecrets(runbook: Runbook, env?: string): readonly SecretUse[] {
  const uses = findUses(runbook, []).filter(
    ([, path]) => path[0] !== 'environments' || env === undefined || path[1] === env,
  );
  const names = [...new Set(uses.map(([name]) => name))].sort();
  return names.map((name) => ({ name, paths: uses.filter(([one]) => one === name).map(([, path]) => path) }));
}

/** Those that nobody has set, all at once; without `env` for all environments. */
export const missingSecrets = (
  { runbook, origin }: Pick<Loaded, 'runbook' | 'origin'>,
  secrets: Pick<Secrets, 'has'>,
  env?: string,
): readonly MissingUse[] =>
  listSecrets(runbook, env)
    .filter(({ name }) => !secrets.has(name))
    .map((use) => {
      const at = origin(use.paths[0] ?? []);
      return { ...use, at: at === 'default' ? { file: 'runbook.config.yaml', line: 1, col: 1 } : at };
    });

const MOST_USES = 6;

/** Who needs them: `environments.production.database.url (runbook.config.yaml:61:12)`. */
export function sayUses(missing: readonly MissingUse[]): string {
  const uses = missing.map(({ paths, at }) => {
    const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
    return `${sayPath(paths[0] ?? [])}${more} (${at.file}:${at.line}:${at.col})`;
  });
  const rest = uses.length - MOST_USES;
  return `used by ${uses.slice(0, MOST_USES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** All missing ones in one error (E_SECRET_MISSING, exit 4; ux 2.2). */
export function refuseMissing(missing: readonly MissingUse[]): ReleaseError {
  const names = missing.map((use) => use.name).join(', ');
  return new ReleaseError('E_SECRET_MISSING', {
    what: `${missing.length === 1 ? '1 secret is' : `${missing.length} secrets are`} missing: ${names}`,
    why: sayUses(missing),
    next: 'Put them in .env.runbook or the CI secret store; template: .env.runbook.example',
    state: 'untouched',
  });
}
