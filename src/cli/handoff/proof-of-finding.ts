import type { Finding } from '../../domain/finding.ts';
import type { Proof } from '../../domain/handoff/proof.ts';
import { sayWaiver } from '../../domain/say-waiver.ts';

const stateOf = ({ outcome, waived }: Finding): Proof['state'] => {
  if (outcome === 'pass' || outcome === 'warn' || waived !== undefined) return 'holds';
  if (outcome === 'skip') return 'absent';
  return outcome === 'fail' ? 'not' : 'unknown';
};

/** A finding as evidence. A waived one holds and says by whom; a warning holds and is shown. */
export function proofOfFinding(finding: Finding): Proof {
  const { check, said, at, remedy, waived, digest } = finding;
  const state = stateOf(finding);
  return {
    state,
    said: waived === undefined ? said : `${said} (${sayWaiver(waived)})`,
    from: check,
    at,
    ...(remedy === undefined ? {} : { next: remedy }),
    // What is good may be measured anew each time; what is not is another fact with another digest.
    ...(state === 'holds' && waived === undefined ? {} : { mark: digest.slice(0, 12) }),
  };
}
