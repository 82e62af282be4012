import { phaseAt } from '../../domain/card/phases.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { CardName } from '../../domain/template-names.ts';
import type { Card } from '../../ledger/fold-card.ts';
import type { SentMessage } from '../../services/slack/port.ts';
import { readNotes } from '../messages/read-notes.ts';
import type { Wired } from '../wired.ts';

export const cardNameOf = ({ run }: Card): CardName =>
  run.plan.command === 'rollback' ? 'rollback-card' : 'release-card';

/** Where the message stands that opened the thread. A webhook tells no place, so that nothing there is rewritten. */
export function placesOf({ run }: Card): readonly SentMessage[] {
  const sent = run.facts.announce?.sent;
  const all = Array.isArray(sent) ? (sent as unknown as readonly SentMessage[]) : [];
  return all.filter(({ transport, ts }) => transport === 'bot' && ts !== undefined);
}

/** The card at a moment, for its template. `more`: what a watch measures. */
export function cardMoment(
  card: Card,
  more: JsonObject,
  { env, clock }: Pick<Wired, 'env' | 'clock'>,
): Moment {
  const { run, standing } = card;
  // Of a start that could not be sent nobody noted the time: its window began with the run all the same.
  const announce = { at: run.startedAt, ...run.facts.announce };
  return {
    ...{ run: run.run, env, plan: run.plan, step: standing.current ?? '', notes: readNotes(run) },
    facts: {
      ...run.facts,
      announce,
      ...(more as Record<string, JsonObject>),
      card: { ...standing } as JsonObject,
    },
    now: clock.now().toISOString(),
    ...{ canThread: true, repeated: false },
  };
}

/** What makes a card another one: a phase, an end, or how the watch stands; not each single step. */
export function keyOf({ run, standing }: Card, more: JsonObject): string {
  const { stage, said, to, until, current, last } = standing;
  const { state = null } = (more.watching ?? {}) as JsonObject;
  // Of a run whose last entry is done its title names the phase of that one: the same is not written twice.
  const phase = phaseAt(run.plan, current ?? last?.name ?? '');
  return JSON.stringify([stage, said, to, until, phase, stage === 'watched' ? state : null]);
}
