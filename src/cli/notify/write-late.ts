import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { type Card, foldCard } from '../../ledger/fold-card.ts';
import type { KeptMessage } from '../../ledger/fold-messages.ts';
import { sayClock } from '../../report/messages/times.ts';
import { cardMoment, cardNameOf } from '../card/card-moment.ts';
import type { Wired } from '../wired.ts';

/** Messages that ask for something, or say that something begins; each is untrue once its run has ended. */
const OPENINGS = ['release-start', 'rollback-start'];
const QUESTIONS = ['decision-needed'];

const hasEnded = ({ run }: Pick<KeptMessage, 'run'>): boolean => run.end !== 'open' && run.end !== 'paused';

/** True for a question that nobody can answer any more: it is not sent at all. */
export const isOvertaken = (kept: KeptMessage): boolean =>
  QUESTIONS.includes(kept.template) && hasEnded(kept);

/** What is sent of a kept message: its template, and the moment that it tells of. */
export interface LateMessage {
  readonly template: string;
  readonly moment: Moment;
}

/** The message as it was when it could not be sent; it says of itself how late it is. */
function asItWas(
  kept: KeptMessage,
  notes: JsonObject,
  { env, clock }: Wired,
): Omit<Moment, 'canThread' | 'repeated' | 'channel'> {
  const { run, entry, facts, at } = kept;
  return {
    ...{ run: run.run, env, plan: run.plan, facts, step: entry.name, now: at },
    ...{ sentAt: clock.now().toISOString(), notes },
  };
}

/** How it stands now, in place of a beginning that is over. */
function asItStands(kept: KeptMessage, card: Card, wired: Wired): Moment {
  const moment = cardMoment(card, {}, wired);
  const why = kept.inDoubt ? 'of which nobody knew whether it arrived' : 'which could not be sent';
  const late = `Sent late, in place of the message of ${sayClock(kept.at, wired.runbook.timezone)}, ${why}: how it stands now`;
  return { ...moment, notes: { ...moment.notes, sent_late: late } };
}

/**
 * What a kept message has to say by now, so that nothing of it is untrue when it arrives: a start that comes after the end
 * of its run tells the end.
 */
export function writeLate(
  kept: KeptMessage,
  notes: JsonObject,
  events: readonly LedgerEvent[],
  how: Pick<Moment, 'canThread' | 'repeated' | 'channel'>,
  wired: Wired,
): LateMessage {
  const card =
    OPENINGS.includes(kept.template) && hasEnded(kept) ? foldCard(events, kept.run.run) : undefined;
  if (card === undefined)
    return { template: kept.template, moment: { ...asItWas(kept, notes, wired), ...how } };
  return { template: cardNameOf(card), moment: { ...asItStands(kept, card, wired), ...how } };
}
