import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ShellPort } from '../../services/shell/port.ts';
import { type Detected, readDrizzle, readPackage, readRepository } from './detected.ts';

const LARGEST = 1_000_000;
const DRIZZLE = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs', 'drizzle.config.json'];
const FOLDERS = ['drizzle', 'migrations', 'db/migrations'];
const GIT_MS = 5000;
const LIBRARIES = [
  [/(?:^| )stripe(?: |$)/, 'Stripe'],
  [/(?:^| )@slack\/(?:web-api|webhook|bolt)(?: |$)/, 'Slack'],
  [/(?:^| )@neondatabase\/\S+/, 'Neon'],
] as const;

/** Text of a small file; undefined when it is not there, too large or cannot be read. */
function readText(path: string): string | undefined {
  try {
    const { size } = statSync(path);
    return size > LARGEST ? undefined : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function listFiles(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function findMigrations(root: string, configured: string | undefined): Detected['migrations'] {
  const folders = configured === undefined ? FOLDERS : [configured];
  const folder = folders.find((one) => listFiles(join(root, one)).some((name) => name.endsWith('.sql')));
  if (folder === undefined)
    return configured === undefined ? undefined : { folder: configured, journal: 'drizzle' };
  const isDrizzle = existsSync(join(root, folder, 'meta', '_journal.json'));
  return { folder, journal: isDrizzle || configured !== undefined ? 'drizzle' : 'schema_migrations' };
}

function readFolder(root: string) {
  const found = readText(join(root, 'package.json'));
  const { uses, notes, ...own } = found === undefined ? { uses: [], notes: [] } : readPackage(found);
  const config = DRIZZLE.map((name) => readText(join(root, name))).find((text) => text !== undefined);
  const drizzle = config === undefined ? undefined : readDrizzle(config);
  const migrations = findMigrations(root, drizzle?.folder);
  return {
    ...own,
    notes,
    ...(migrations === undefined ? {} : { migrations }),
    postgres:
      drizzle?.isPostgres ?? uses.some((name) => /^(pg|postgres|@neondatabase\/serverless)$/.test(name)),
    replit: existsSync(join(root, '.replit')),
    services: LIBRARIES.filter(([library]) => library.test(uses.join(' '))).map(([, name]) => name),
    workflows: listFiles(join(root, '.github', 'workflows')).filter((name) => /\.ya?ml$/.test(name)),
  };
}

async function askGit(shell: Pick<ShellPort, 'program'>, root: string, words: readonly string[]) {
  try {
    const { code, out } = await shell.program('git', ['-C', root, ...words], { timeoutMs: GIT_MS });
    return code === 0 ? out.trim() : undefined;
  } catch {
    // git is not installed: nothing is known.
    return undefined;
  }
}

const SAFE_REF = /^[\w][\w./-]*$/;

async function readGit(shell: Pick<ShellPort, 'program'>, root: string) {
  const remotes =
    (await askGit(shell, root, ['remote']))?.split('\n').filter((one) => SAFE_REF.test(one)) ?? [];
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  if (remote === undefined) return {};
  const [address, head, branches, candidates] = await Promise.all([
    askGit(shell, root, ['remote', 'get-url', remote]),
    askGit(shell, root, ['symbolic-ref', '--short', `refs/remotes/${remote}/HEAD`]),
    askGit(shell, root, ['branch', '--all', '--format=%(refname:lstrip=-1)']),
    askGit(shell, root, ['tag', '--list', 'v*-rc.*']),
  ]);
  const names = branches?.split('\n') ?? [];
  const main = head?.slice(remote.length + 1) ?? ['main', 'master'].find((name) => names.includes(name));
  const develop = ['develop', 'dev'].find((name) => names.includes(name));
  const repository = readRepository(address ?? '');
  return {
    remote,
    candidates: (candidates ?? '') !== '',
    ...(main !== undefined && SAFE_REF.test(main) ? { main } : {}),
    ...(develop === undefined ? {} : { develop }),
    ...(repository === undefined ? {} : { repository }),
  };
}

/** Looks at a folder without running or changing anything in it. Never throws: what cannot be read is not known. */
export async function detect(root: string, shell: Pick<ShellPort, 'program'>): Promise<Detected> {
  return { ...readFolder(root), ...(await readGit(shell, root)) };
}
