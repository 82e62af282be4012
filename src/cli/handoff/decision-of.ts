import type { SignedPoint } from '../../domain/approvals/payload.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { makeEvidence } from '../../ledger/approvals/make-evidence.ts';
import { digestOf } from '../../ledger/digest.ts';
import { KIND_WORDS } from '../../report/handoff/kind-words.ts';
import type { DecisionAtHand } from '../approve/decision-at-hand.ts';
import type { Meeting } from './meeting.ts';

const MOST_SAID = 160;

/** Marks hold what people wrote; a record of every signature does not have to. */
const shorten = (mark: string): string => (mark.length <= MOST_SAID ? mark : digestOf(mark));

const pointOf = ({ kind }: Meeting): SignedPoint | undefined => (kind === 'emergency' ? undefined : kind);

/**
 * A handoff as that what is signed: bound to each item as it stands, so that a signature names what is another fact since. Undefined
 * where nobody signs: an incident is passed on by its commanders.
 */
export function decisionOf(meeting: Meeting, standings: readonly Standing[]): DecisionAtHand | undefined {
  const point = pointOf(meeting);
  if (point === undefined) return undefined;
  const { version, commit, subject, about, kind } = meeting;
  const items = standings.map(({ item, said, mark }) => ({
    key: item.id,
    says: oneLine(said, MOST_SAID),
    mark: shorten(mark),
  }));
  return {
    ...{ point, version, commit, run: subject, about, warnings: [] },
    title: KIND_WORDS[kind].title,
    outcomes: ['ACCEPTED', 'DECLINED'],
    evidence: makeEvidence(items),
  };
}
