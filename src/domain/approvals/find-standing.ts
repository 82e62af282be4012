import { isAtLeast } from './method.ts';
import type { SignOff } from './sign-off.ts';

/** A sign-off that does not count, and why. */
export interface Refused {
  readonly signOff: SignOff;
  readonly why: string;
}

/** The last words of all who signed. */
export interface Words {
  /** In the order in which they were given. */
  readonly standing: readonly SignOff[];
  readonly refused: readonly Refused[];
  /** Taken back, or replaced by a later word of the same person. */
  readonly past: readonly SignOff[];
}

const whose = ({ payload }: SignOff): string => `${payload.person} ${payload.role}`;

/** What nobody can prove to be a NO-GO may be one all the same: only who has no say in it is passed over. */
const stops = ({ payload, fault }: SignOff): boolean =>
  payload.decision === 'no-go' && (fault === undefined || fault.kind === 'proof');

const tooWeak = (later: SignOff, before: SignOff): string =>
  `${later.payload.method} takes nothing back that was ${before.payload.method}`;

/**
 * The last word of each person for each role. A NO-GO always counts as one; whatever replaces a word has to prove no less than it
 * did, so that nobody takes back in another's name what that one has signed.
 */
export function findStanding(signOffs: readonly SignOff[]): Words {
  const standing = new Map<string, SignOff>();
  const [refused, past]: [Refused[], SignOff[]] = [[], []];
  for (const signOff of signOffs) {
    const before = standing.get(whose(signOff));
    const isStop = stops(signOff);
    const weak = before !== undefined && !isStop && !isAtLeast(signOff.payload.method, before.payload.method);
    const why = isStop ? undefined : (signOff.fault?.why ?? (weak ? tooWeak(signOff, before) : undefined));
    if (why !== undefined) {
      refused.push({ signOff, why });
      continue;
    }
    if (before !== undefined) past.push(before);
    standing.delete(whose(signOff));
    if (signOff.payload.decision !== 'revoked') standing.set(whose(signOff), signOff);
  }
  return { standing: [...standing.values()], refused, past };
}
