import type { Runbook } from '../../config/schema/index.ts';
import type { Code } from '../../domain/parity/likeness.ts';
import { type Locked, readLockfile } from '../../domain/parity/read-lockfile.ts';
import type { GitPort } from '../../services/git/port.ts';
import type { MigrationFile } from '../../services/postgres/port.ts';
import { readMigrations } from '../migrations.ts';

/** What one commit brings, as far as two environments are compared by it. */
export interface ReadCode extends Code {
  readonly migrations: readonly MigrationFile[];
  /** What a production build installs by the lockfile. */
  readonly installed?: Readonly<Record<string, string>>;
}

const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json'];
const NODE_FILES = ['.node-version', '.nvmrc'];

const versionsOf = (locked: Locked, isWanted: (dev: boolean) => boolean): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(locked).flatMap(([name, { version, dev }]) => (isWanted(dev) ? [[name, version]] : [])),
  );

/** `NAME=` and `export NAME=` of a file like .env.example. */
const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map(([, name = '']) => name);

function enginesIn(text: string): string | undefined {
  try {
    const { engines } = JSON.parse(text) as { readonly engines?: { readonly node?: unknown } };
    return typeof engines?.node === 'string' ? engines.node : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What a commit brings: locked packages, the Node.js it asks for, names of variables, migrations. What it does not have
 * is left out, and then explains nothing. Throws E_LOCKFILE, E_JOURNAL_SHAPE, E_MIGRATION_MISSING.
 */
export async function readCode(
  git: Pick<GitPort, 'readFile' | 'listFiles'>,
  commit: string,
  { migrations }: Pick<Runbook, 'migrations'>,
): Promise<ReadCode> {
  const read = (path: string) => git.readFile(commit, path);
  const [locks, nodes, manifest, example, files] = await Promise.all([
    Promise.all(LOCKFILES.map(read)),
    Promise.all(NODE_FILES.map(read)),
    read('package.json'),
    read('.env.example'),
    migrations === undefined ? [] : readMigrations(git, commit, migrations),
  ]);
  const at = locks.findIndex((text) => text !== undefined);
  const locked = at < 0 ? undefined : readLockfile(locks[at] ?? '', LOCKFILES[at] ?? '');
  const pinned = nodes.find((text) => text !== undefined)?.trim();
  const node = pinned ?? enginesIn(manifest ?? '');
  return {
    commit,
    keys: namesIn(example ?? ''),
    migrations: files,
    ...(node === undefined ? {} : { node }),
    ...(locked === undefined
      ? {}
      : { locked: versionsOf(locked, () => true), installed: versionsOf(locked, (dev) => !dev) }),
  };
}
