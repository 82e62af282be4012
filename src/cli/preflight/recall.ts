import { sayDuration } from '../../domain/duration.ts';
import type { Finding } from '../../domain/finding.ts';
import { makeFinding } from '../../engine/make-finding.ts';
import type { Check, Policy } from '../../kit.ts';
import type { RecordedFinding } from '../../ledger/recorded-finding.ts';
import { ageOf, isFresh, restore } from './restore-finding.ts';

type Known = ReadonlyMap<string, RecordedFinding>;
type Recall = (check: Check) => Finding | undefined;

const isGood = ({ outcome }: RecordedFinding): boolean => outcome === 'pass' || outcome === 'warn';

/**
 * For `--max-age`: good answers that are fresh and not older than `maxAgeMs` stand. What failed or was not known is
 * always asked again, and so is what the record holds only in part.
 */
export const recallYoung =
  (known: Known, policy: Policy, maxAgeMs: number): Recall =>
  (check) => {
    const record = known.get(check.id);
    if (record === undefined || record.cut === true || !isGood(record)) return undefined;
    const isYoung = isFresh(record, policy.now) && ageOf(record, policy.now) <= maxAgeMs;
    return isYoung ? restore(check, record, policy) : undefined;
  };

const sayStale = (record: RecordedFinding | undefined, now: Date): string =>
  record === undefined
    ? 'nothing is on record for this commit and configuration'
    : `the answer on record is ${sayDuration(ageOf(record, now))} old and counts for ${sayDuration(record.freshForMs)}`;

/** The command that asks these checks again. */
export const renewCommand = (checks: readonly string[], { release, env }: Policy): string =>
  `release preflight ${release?.version ?? ''} --env ${env} --only ${checks.join(',')}`;

/**
 * For a deploy: checks that it must not ask in passing stand by their record while that is fresh. Without one they are
 * unknown, with the command that renews them; all other checks are asked.
 */
export const recallOnRecord =
  (known: Known, policy: Policy): Recall =>
  (check) => {
    if (check.onRecord !== true) return undefined;
    const record = known.get(check.id);
    if (record !== undefined && isFresh(record, policy.now)) return restore(check, record, policy);
    const said = sayStale(record, policy.now);
    const remedy = `Renew it: ${renewCommand([check.id], policy)}`;
    const measured = { at: policy.now, startMs: 0, durationMs: 0 };
    const answered = {
      outcome: 'unknown' as const,
      said,
      remedy,
      about: ['no fresh record', policy.release?.commit ?? null],
    };
    return { ...makeFinding(check, answered, measured, policy), noRecord: true };
  };
