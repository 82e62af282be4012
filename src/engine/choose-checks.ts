import { carriesCandidates } from '../config/carries-candidates.ts';
import { ReleaseError } from '../domain/failure.ts';
import { didYouMean } from '../domain/suggest.ts';
import type { Check } from '../kit.ts';
import type { ChecksOrder } from './run-checks.ts';

/** What decides which checks are asked. */
export type Choice = Pick<
  ChecksOrder,
  'gate' | 'checks' | 'only' | 'skip' | 'waivers' | 'configured' | 'policy'
>;

type Chosen = {
  readonly asked: readonly Check[];
  readonly skipped: readonly Check[];
  readonly absent: readonly { readonly check: string; readonly why: string }[];
};

/** `database.*` and the like: a star stands for any letters, everything else for itself. */
export function matchesGlob(id: string, glob: string): boolean {
  const pattern = glob
    .slice(0, 100)
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*');
  return new RegExp(`^${pattern}$`).test(id);
}

const unknownGlob = (glob: string, ids: readonly string[]): ReleaseError =>
  new ReleaseError('E_CHECK_UNKNOWN', {
    what: `No check matches "${glob}".${didYouMean(glob, ids)}`,
    next: 'All ids: release preflight --list',
    state: 'untouched',
  });

/** Before a candidate is tried nothing is asked that only its trial can answer; behind a publish all of it is. */
const isLater = (check: Check, { gate, policy }: Choice): boolean =>
  check.releaseOnly === true && gate === 'preflight' && carriesCandidates(policy.runbook, policy.env);

function whyAbsent(check: Check, order: Choice): string | undefined {
  const { configured, policy } = order;
  const isAboutFiles = policy.files !== undefined;
  if (isAboutFiles && check.takesFiles !== true) return 'not about files';
  const missing = isAboutFiles ? [] : check.needs.filter((need) => !configured.has(need));
  if (isLater(check, order)) return 'asked of a release, not of a candidate here';
  if (missing.length > 0) return `${missing.join(', ')} not configured`;
  try {
    return check.absent?.(policy);
  } catch {
    // Whether it concerns us is not known; asking is the safe side, leaving out is not.
    return undefined;
  }
}

/**
 * Which checks a gate asks. Throws E_CHECK_UNKNOWN for a pattern that means none, so that a typing error can never
 * make a gate pass by asking nothing.
 */
export function chooseChecks(order: Choice): Chosen {
  const ofGate = order.checks.filter((check) => check.gates.includes(order.gate));
  const ids = ofGate.map((check) => check.id);
  const globs = [
    ...(order.only ?? []),
    ...(order.skip ?? []),
    ...(order.waivers ?? []).map((one) => one.check),
  ];
  const stray = globs.find((glob) => !ids.some((id) => matchesGlob(id, glob)));
  if (stray !== undefined) throw unknownGlob(stray, ids);
  const wanted = ofGate.filter(
    (check) => order.only === undefined || order.only.some((glob) => matchesGlob(check.id, glob)),
  );
  const absent = wanted.flatMap((check) => {
    const why = whyAbsent(check, order);
    return why === undefined ? [] : [{ check: check.id, why }];
  });
  const present = wanted.filter((check) => !absent.some((one) => one.check === check.id));
  const isSkipped = (check: Check): boolean => (order.skip ?? []).some((glob) => matchesGlob(check.id, glob));
  return { asked: present.filter((check) => !isSkipped(check)), skipped: present.filter(isSkipped), absent };
}
