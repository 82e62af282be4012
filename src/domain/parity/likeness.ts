import type { Catalogue } from '../catalogue.ts';

/** What is compared, in the order of the screen. */
export const AREAS = ['node', 'packages', 'keys', 'schema'] as const;
export type AreaName = (typeof AREAS)[number];

/** What a difference is; the words in which people are told are in say-difference.ts. */
export type DifferenceKind =
  | 'node-version'
  | 'package-version'
  | 'missing-variable'
  | 'extra-variable'
  | 'migration'
  | 'schema';

/** Something that staging and production do not have alike and that the release does not bring. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** `npm/zod`, `env/FEATURE_X`, `schema/column assessments.note`: what --ignore takes. */
  readonly path: string;
  readonly said: string;
  readonly left?: string;
  readonly right?: string;
}

/** One area: how many things were compared, what differs unexplained, and what the release itself explains. */
export interface Area {
  readonly name: AreaName;
  readonly total: number;
  readonly differences: readonly Difference[];
  /** Differences that the release brings. They count as alike. */
  readonly expected: readonly string[];
  /** True where the release's own changes were told by the names in its migrations alone, not by a rehearsal. */
  readonly byName?: true;
  /** For the last column of the screen, where nothing differs. */
  readonly note?: string;
}

/** Settings of an application that may differ. */
export interface Settings {
  readonly logLevel?: string;
  readonly rateLimits: Readonly<Record<string, number>>;
}

/** One applied migration, by the name and hash that its journal knows. */
export interface Applied {
  readonly hash?: string;
  readonly name?: string;
}

/** A migration file of a commit. */
export interface Known {
  readonly tag: string;
  readonly hash: string;
}

/** What one environment's code brings, by git. */
export interface Code {
  readonly commit: string;
  /** Package → version; undefined where the commit has no lockfile that can be read. */
  readonly locked?: Readonly<Record<string, string>>;
  /** What .node-version, .nvmrc or engines ask for. */
  readonly node?: string;
  /** Names in .env.example, and those that the source reads. */
  readonly keys: readonly string[];
  readonly migrations: readonly Known[];
}

/** One environment as it was found. */
export interface Side {
  readonly env: string;
  readonly address: string;
  readonly version?: string;
  readonly node: string;
  /** Installed packages; those of the lockfile where the application does not tell. */
  readonly packages: Readonly<Record<string, string>>;
  readonly arePackagesTold: boolean;
  readonly envKeys: readonly string[];
  /** Names whose values the application tells everybody who has its token. */
  readonly exposed: readonly string[];
  readonly settings: Settings;
  readonly applied: readonly Applied[];
  readonly catalogue: Catalogue;
  readonly code: Code;
}
