import { ReleaseError } from '../failure.ts';

/** One installed package by the lockfile. */
export interface LockedPackage {
  readonly version: string;
  /** Only for development: a production build may leave it out. */
  readonly dev: boolean;
}

/** Package → what the lockfile pins for it, at the top of node_modules. */
export type Locked = Readonly<Record<string, LockedPackage>>;

const MODULES = 'node_modules/';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Links into the repository itself carry no version; what lies deeper belongs to one package alone. */
function lockedIn(packages: Readonly<Record<string, unknown>>): Locked {
  const found = Object.entries(packages).flatMap(([path, one]) => {
    const name = path.startsWith(MODULES) ? path.slice(MODULES.length) : '';
    if (name === '' || name.includes(MODULES) || !isObject(one) || typeof one.version !== 'string') return [];
    return [[name, { version: one.version, dev: one.dev === true }] as const];
  });
  return Object.fromEntries(found);
}

/** Lockfiles of npm 6 name packages without their folder. */
const withFolder = (dependencies: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(dependencies).map(([name, one]) => [`${MODULES}${name}`, one]));

/** The packages of a package-lock.json or npm-shrinkwrap.json; throws E_LOCKFILE when the text is none. */
export function readLockfile(text: string, path: string): Locked {
  const { packages, dependencies } = parse(text) ?? {};
  if (isObject(packages)) return lockedIn(packages);
  if (isObject(dependencies)) return lockedIn(withFolder(dependencies));
  throw new ReleaseError('E_LOCKFILE', {
    what: `${path} is not a lockfile of npm.`,
    why: 'It must be JSON with `packages` or `dependencies`.',
    next: 'Write it again with npm install, and commit it.',
    state: 'untouched',
  });
}
