import type { ReleaseError } from '../domain/failure.ts';
import type { JsonObject } from '../domain/json.ts';
import { errorAsJson } from './errors.ts';

/** What an envelope is made from (ux 2.2). Times are the wall clock's, the duration is the monotonic one's. */
export interface EnvelopeParts {
  readonly tool: string;
  readonly command: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly durationMs: number;
  readonly exitCode: number;
  readonly env?: string | undefined;
  readonly version?: string | undefined;
  readonly run?: string | undefined;
  readonly sandbox?: boolean | undefined;
  readonly verdict?: string | undefined;
  readonly result?: JsonObject | undefined;
  readonly warnings?: readonly string[] | undefined;
  readonly next?: readonly string[] | undefined;
  readonly error?: ReleaseError | undefined;
}

/**
 * The one JSON document of a command, `release.<command>/1`. Every key is always there: readers test values,
 * never presence. Additions keep the number; a changed meaning raises it.
 */
export const makeEnvelope = (parts: EnvelopeParts): JsonObject => ({
  schema: `release.${parts.command}/1`,
  tool: parts.tool,
  run: parts.run ?? null,
  command: parts.command,
  env: parts.env ?? null,
  version: parts.version ?? null,
  sandbox: parts.sandbox ?? false,
  startedAt: parts.startedAt.toISOString(),
  finishedAt: parts.finishedAt.toISOString(),
  durationMs: Math.round(parts.durationMs),
  verdict: parts.verdict ?? null,
  exitCode: parts.exitCode,
  result: parts.result ?? {},
  warnings: parts.warnings ?? [],
  error: parts.error ? errorAsJson(parts.error) : null,
  next: parts.next ?? [],
});
