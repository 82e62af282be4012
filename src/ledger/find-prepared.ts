import type { LedgerEvent } from './event.ts';
import { foldRuns } from './fold.ts';

/** What was pushed under the name of a candidate. */
interface PreparedRecord {
  readonly run: string;
  readonly commit: string;
  /** Id of the tag object. */
  readonly tag: string;
}

/** The push of this candidate (`v2.1.0-rc.1`) by the record of preparations; undefined: none is on record there. */
export function findPrepared(events: readonly LedgerEvent[], candidate: string): PreparedRecord | undefined {
  const found = foldRuns(events).findLast(
    ({ plan, request, facts }) =>
      plan.command === 'prepare' && request.candidate === candidate && facts.candidate !== undefined,
  );
  const { commit, tag } = found?.facts.candidate ?? {};
  const isWhole = typeof commit === 'string' && typeof tag === 'string';
  return found !== undefined && isWhole ? { run: found.run, commit, tag } : undefined;
}
