import type { JsonObject } from './json.ts';
import type { MigrationCost } from './measured-migration.ts';

/** What a rehearsal found out about one file, as the ledger keeps it. Times in milliseconds. */
export interface RehearsedFile {
  readonly tag: string;
  readonly cost: MigrationCost;
  readonly tookMs: number;
  /** The longest that it kept reads or writes of a table waiting; 0 when it would not have. */
  readonly lockedMs: number;
}

const isFile = (value: unknown): value is RehearsedFile & JsonObject => {
  const { tag, tookMs, lockedMs } = (value ?? {}) as Partial<RehearsedFile>;
  return typeof tag === 'string' && Number.isFinite(tookMs) && Number.isFinite(lockedMs);
};

/** The files of a recorded rehearsal, by tag; empty for anything that is none. */
export function readRehearsed(evidence: unknown): ReadonlyMap<string, RehearsedFile> {
  const files = (evidence as { files?: unknown } | null | undefined)?.files;
  return new Map(Array.isArray(files) ? files.filter(isFile).map((file) => [file.tag, file]) : []);
}

/** Fingerprints of the schema that a rehearsal began with and came to; empty, with the reason, where none counts. */
export interface RehearsedSchema {
  readonly before: string;
  readonly after: string;
  readonly unproven: string;
}

const isFingerprint = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** The schema of a recorded rehearsal; `otherwise` says what it means that there is none in it. */
export function readRehearsedSchema(evidence: unknown, otherwise: string): RehearsedSchema {
  const { before, after } = (evidence ?? {}) as { readonly before?: unknown; readonly after?: unknown };
  return isFingerprint(before) && isFingerprint(after)
    ? { before, after, unproven: '' }
    : { before: '', after: '', unproven: otherwise };
}

/** Ordinary transactions end within a second; a shorter wait would give up on every one of them. */
const SHORTEST_WAIT_MS = 1000;
const WAIT_PER_LOCKED = 3;

/**
 * How long a migration may wait for its lock, in ms. Whoever comes while it waits stands behind it, so that the wait has
 * to be worth it: three times as long as the lock was held in the rehearsal, at least a second, and never longer than
 * configured.
 */
export const chooseLockTimeout = (lockedMs: number, configuredMs: number): number =>
  Math.min(configuredMs, Math.max(SHORTEST_WAIT_MS, Math.round(lockedMs * WAIT_PER_LOCKED)));
