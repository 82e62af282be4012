import { minutes } from '../../domain/duration.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { digestOf } from '../../ledger/digest.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import type { Wired } from '../wired.ts';

/** What a verdict rests on: another configuration or another commit makes it worthless. */
export const digestEvidence = ({ digest }: Pick<Wired, 'digest'>, commit: string | undefined): string =>
  digestOf([digest, commit ?? '']);

/** A recorded preflight verdict. */
export interface Evidence {
  readonly call: Verdict['call'];
  readonly ageMs: number;
}

/**
 * The newest preflight verdict on exactly this commit and configuration, while it is fresh (E-03: 45 minutes by
 * default); undefined when there is none, or when it rests on a waiver.
 */
export function findEvidence(
  events: readonly LedgerEvent[],
  wired: Wired,
  release: { readonly version: string; readonly commit: string },
): Evidence | undefined {
  const digest = digestEvidence(wired, release.commit);
  const last = events.findLast(
    (event) =>
      event.type === 'gate.decided' &&
      event.data.gate === 'preflight' &&
      event.data.version === release.version &&
      event.data.digest === digest,
  );
  if (last?.type !== 'gate.decided') return undefined;
  // A waiver is for one run: a GO that rests on one says nothing for the next.
  if (Number(last.data.counts.waived ?? 0) > 0) return undefined;
  const ageMs = Math.max(0, wired.clock.now().getTime() - Date.parse(last.at));
  const isFresh = ageMs <= minutes(wired.runbook.thresholds.evidenceMinutes);
  return isFresh ? { call: last.data.call, ageMs } : undefined;
}
