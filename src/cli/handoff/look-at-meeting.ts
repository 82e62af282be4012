import { judgeHandoff } from '../../domain/handoff/judge-handoff.ts';
import { judgeItems } from '../../domain/handoff/judge-items.ts';
import { foldAnswers } from '../../ledger/fold-handoff.ts';
import type { HandoffView } from '../../report/handoff/handoff-text.ts';
import { makeStory } from '../approve/make-story.ts';
import { judgeSitting, type Sitting } from '../approve/sign-sitting.ts';
import type { Wired } from '../wired.ts';
import { decisionOf } from './decision-of.ts';
import type { Meeting } from './meeting.ts';

/** A handoff as it stands by the ledger, and what can be signed of it. */
export interface Seen {
  readonly view: HandoffView;
  readonly sitting: Sitting | undefined;
}

/** Reads answers and signatures anew; each signature is proven again, whatever the record says of it. */
export async function lookAtMeeting(meeting: Meeting, wired: Wired): Promise<Seen> {
  const events = await wired.ledger.read(wired.scope);
  const standings = judgeItems(meeting.items, meeting.proofs, foldAnswers(events, meeting));
  const decision = decisionOf(meeting, standings);
  const sitting = decision && { decision, events, state: await judgeSitting({ decision, events }, wired) };
  const { kind, version, about } = meeting;
  const verdict = judgeHandoff(standings, sitting?.state);
  const story = sitting && makeStory(sitting.decision, sitting.state, wired);
  return { view: { kind, version, about, standings, verdict, story }, sitting };
}
