/** A file of which the version changes with every release. */
export interface VersionFile {
  readonly path: string;
  readonly kind: 'json' | 'lockfile' | 'text';
  /** For a text: a piece of it, with `{version}` where the number stands. */
  readonly match?: string;
  /** What may be missing without being wrong: nothing, the whole file, or the file and its version. */
  readonly mayLack: 'nothing' | 'file' | 'version';
}

/** As it stands in the configuration: a path of JSON, or a text with its match. */
type Configured = string | { readonly path: string; readonly match: string };

const MANIFEST = 'package.json';
const CLIENT: VersionFile = { path: `client/${MANIFEST}`, kind: 'json', mayLack: 'version' };
const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json'];

const asFile = (one: Configured): VersionFile =>
  typeof one === 'string'
    ? { path: one, kind: 'json', mayLack: 'nothing' }
    : { ...one, kind: 'text', mayLack: 'nothing' };

const isManifest = ({ path, kind }: VersionFile): boolean =>
  kind === 'json' && (path === MANIFEST || path.endsWith(`/${MANIFEST}`));

const folderOf = (path: string): string => path.slice(0, path.length - MANIFEST.length);

const locksOf = ({ path, mayLack }: VersionFile): readonly VersionFile[] =>
  LOCKFILES.map((name) => ({
    path: `${folderOf(path)}${name}`,
    kind: 'lockfile',
    mayLack: mayLack === 'version' ? 'version' : 'file',
  }));

/** The configured files, the client's package.json (PRE-03), and the lockfiles of npm beside each package.json (PRE-02). */
export function listVersionFiles(configured: readonly Configured[]): readonly VersionFile[] {
  const own = configured.map(asFile);
  const all = own.some(({ path }) => path === CLIENT.path) ? own : [...own, CLIENT];
  const known = new Set(all.map(({ path }) => path));
  const locks = all.filter(isManifest).flatMap(locksOf);
  return [...all, ...locks.filter(({ path }) => !known.has(path))];
}

/** Folders with a package.json of theirs, below the root: `client`. A lockfile names them where they are workspaces. */
export const listPackageFolders = (files: readonly VersionFile[]): readonly string[] =>
  files
    .filter(isManifest)
    .map(({ path }) => folderOf(path).replace(/\/$/, ''))
    .filter((folder) => folder !== '');
