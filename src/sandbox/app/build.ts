import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReleases } from '../../domain/version.ts';
import { type Behaviour, readBehaviour } from './behaviour.ts';

/** What a version can do that earlier ones could not; each needs its columns. */
export interface Features {
  readonly dueDates: boolean;
  readonly exportQueue: boolean;
  readonly webhookRetries: boolean;
}

/** One build of the application, as its checkout describes it. */
export interface Build {
  /** What it says it is. */
  readonly version: string;
  /** Installed packages with their versions, by the lockfile; those of package.json where there is none. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly features: Features;
  readonly behaviour: Behaviour;
}

const featuresOf = (version: string): Features => {
  const since = (first: string): boolean => compareReleases(version, first) >= 0;
  return { dueDates: since('2.1.0'), exportQueue: since('2.1.0'), webhookRetries: since('2.2.0') };
};

interface Manifest {
  readonly version?: unknown;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface Lockfile {
  readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
}

const MODULES = 'node_modules/';

function readInstalled(root: string): Build['dependencies'] | undefined {
  const file = join(root, 'package-lock.json');
  if (!existsSync(file)) return undefined;
  const { packages = {} } = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  const installed = Object.entries(packages).filter(([path]) => path.startsWith(MODULES));
  return Object.fromEntries(installed.map(([path, one]) => [path.slice(MODULES.length), one.version ?? '']));
}

/** Reads a checkout. Rejects when it has no package.json with a version, or its behaviour is none. */
export async function readBuild(root: string): Promise<Build> {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  if (typeof manifest.version !== 'string') throw new Error('package.json has no version');
  const file = join(root, 'app', 'behaviour.json');
  const behaviour = await readBehaviour(existsSync(file) ? readFileSync(file, 'utf8') : '{}');
  if (behaviour.refuseStart) throw new Error('this build cannot start: module ./routes/index.js not found');
  return {
    version: behaviour.reportVersion ?? manifest.version,
    dependencies: readInstalled(root) ?? manifest.dependencies ?? {},
    features: featuresOf(manifest.version),
    behaviour,
  };
}
