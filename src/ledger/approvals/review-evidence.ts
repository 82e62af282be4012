import type { Evidence } from '../../domain/approvals/evidence.ts';
import { REVIEW_SPECS, type Review } from '../../domain/approvals/review.ts';
import { makeEvidence } from './make-evidence.ts';
import { type Found, makeItem } from './preflight-evidence.ts';

const MISSING = 'not asked';

/** What a review of a candidate rests on: its commit, and what its own checks came to. Another configuration changes nothing of it. */
export function makeReviewEvidence(review: Review, { commit, findings }: Omit<Found, 'config'>): Evidence {
  const items = REVIEW_SPECS[review].checks.map((check) => {
    const found = findings.find((one) => one.check === check && one.noRecord !== true);
    return found === undefined ? { key: check, says: MISSING, mark: MISSING } : makeItem(found);
  });
  return makeEvidence([{ key: 'commit', says: commit.slice(0, 7), mark: commit }, ...items]);
}

/** Checks that a review would rest on and that say no, or nothing. A waiver is somebody's word, and stands beside them. */
export const listUnsettled = ({ items }: Evidence): readonly string[] =>
  items
    .filter(
      ({ says }) => says === MISSING || (/^(fail|unknown)/.test(says) && !says.includes(', waived by ')),
    )
    .map(({ key, says }) => `${key}: ${says}`);
