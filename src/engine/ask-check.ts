import { clipEvidence } from '../domain/clip-evidence.ts';
import type { Clock } from '../domain/clock.ts';
import { credentialTroubleOf } from '../domain/credential.ts';
import { sayDuration } from '../domain/duration.ts';
import { ReleaseError } from '../domain/failure.ts';
import type { Finding, Outcome } from '../domain/finding.ts';
import type { Check, Judgement, Policy, Scope, Services } from '../kit.ts';
import { letTidy } from './let-tidy.ts';
import { openSignal } from './open-signal.ts';

/** Longest time for a probe that sets no limit itself, in ms. */
export const DEFAULT_TIMEOUT_MS = 10_000;
/** A timer that is later than this was held up by something. */
const LATE_MS = 50;
/** A check that says more would bury the others on every screen. */
const MAX_SAID = 2000;

/** What one check answered, or why it did not. */
export type Answered = {
  readonly outcome: Outcome;
  readonly said: string;
  readonly remedy?: string;
  readonly evidence?: Finding['evidence'];
  readonly holds?: boolean;
  readonly about?: Finding['evidence'];
  readonly credential?: Finding['credential'];
};

/** What a question needs besides its check. */
interface Asking {
  readonly services: Services;
  readonly policy: Policy;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const clip = (text: string): string => (text.length > MAX_SAID ? `${text.slice(0, MAX_SAID)}…` : text);

/**
 * Asks one check and judges what it found. Never throws: a probe that throws, stays silent beyond its limit or is
 * stopped is `unknown`.
 */
export async function askCheck(check: Check, asking: Asking): Promise<Answered> {
  const answered = await ask(check, asking);
  const { said, remedy, evidence } = answered;
  // Files are judged by our own checks and no ledger keeps the answer; annotations and SARIF need every place.
  const most = asking.policy.files === undefined ? undefined : Number.POSITIVE_INFINITY;
  return {
    ...answered,
    said: clip(said),
    ...(remedy === undefined ? {} : { remedy: clip(remedy) }),
    ...(evidence === undefined ? {} : { evidence: clipEvidence(evidence, most) }),
  };
}

async function ask(check: Check, asking: Asking): Promise<Answered> {
  const limit = check.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const own = openSignal(asking.signal);
  const scope: Scope = { ...asking.policy, signal: own.signal };
  let probing: Promise<unknown> | undefined;
  const probe = (): Promise<unknown> => {
    probing = (async () => check.probe(asking.services, scope))();
    return probing;
  };
  try {
    asking.signal.throwIfAborted();
    const found = await Promise.race([probe(), giveUp(limit, own.signal, asking.clock)]);
    return proveJudgement(check.judge(found, asking.policy));
  } catch (error) {
    own.end();
    // A probe that ignores its signal is left behind; what it says later is not heard.
    await letTidy(check.tidiesMs, probing, asking.clock);
    return asking.signal.aborted ? STOPPED : unanswered(error);
  } finally {
    own.end();
  }
}

const JUDGED: readonly unknown[] = ['pass', 'warn', 'fail', 'skip'];

// A check of the user's own may be plain JavaScript; a word that we do not know must not count as a pass.
function proveJudgement(judgement: Judgement): Judgement {
  const { outcome, said } = judgement;
  if (JUDGED.includes(outcome) && typeof said === 'string') return judgement;
  throw new TypeError('no judgement');
}

/**
 * A neighbour that keeps the processor to itself makes timers late, and they are served before the answers that lie ready:
 * the time that was taken is given back.
 */
async function giveUp(limit: number, ended: AbortSignal, clock: Clock): Promise<never> {
  let left = limit;
  do {
    const due = clock.monotonic() + left;
    await clock.sleep(left, ended);
    left = clock.monotonic() - due;
  } while (left > LATE_MS);
  throw new ReleaseError('E_CHECK_TIMEOUT', {
    what: `no answer within ${sayDuration(limit)}`,
    next: 'Ask again; when it stays silent, look at the service.',
    state: 'untouched',
  });
}

const STOPPED: Answered = {
  outcome: 'unknown',
  said: 'stopped before it answered',
  remedy: 'Ask again, and let it end.',
};

/** What a failed question is told as: our own words, or none; a foreign error may carry anything. */
function unanswered(error: unknown): Answered {
  if (error instanceof ReleaseError) {
    const { what, why, next } = error.text;
    const credential = credentialTroubleOf(error.code);
    return {
      outcome: 'unknown',
      said: [what, why].filter(Boolean).join(' '),
      remedy: next,
      ...(credential === undefined ? {} : { credential }),
    };
  }
  const name = error instanceof Error ? error.name : typeof error;
  return {
    outcome: 'unknown',
    said: `the check broke (${name})`,
    remedy: 'Run it again with -v; if it breaks again, it is a bug in the check.',
  };
}
