import { lstatSync, mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Beside the compiled code, which Node puts there with whatever rights the account's umask gives. */
const NAME = 'release-runbook';
const FOREIGN_WRITE = 0o022;

/**
 * As bin/release.js says it for compiled code. A relative folder would lie in whatever repository somebody stands in, and
 * os.homedir() throws for an account that no list knows.
 */
function findBase({ XDG_CACHE_HOME = '', HOME = '' }: Env): string | undefined {
  if (isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  return isAbsolute(HOME) ? join(HOME, '.cache') : undefined;
}

/** A folder that somebody else may write to could hold somebody else's configuration. */
function isOurs(folder: string): boolean {
  const facts = lstatSync(folder);
  const own = process.getuid?.();
  return (
    facts.isDirectory() && (own === undefined || (facts.uid === own && (facts.mode & FOREIGN_WRITE) === 0))
  );
}

/** The account's own folder for what can be made again, one for each kind, mode 0700; undefined where there is none of that kind. */
export function findCacheFolder(env: Env, kind: 'config' | 'record'): string | undefined {
  const base = findBase(env);
  if (base === undefined) return undefined;
  const folder = join(base, NAME, kind);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return isOurs(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}
