import type { HandoffKind } from '../domain/handoff/item.ts';
import type { Answer } from '../domain/handoff/judge-item.ts';
import type { LedgerEvent } from './event.ts';

/** Which handoff is meant. */
export interface HandoffSubject {
  readonly kind: HandoffKind;
  readonly subject: string;
}

type Answered = Extract<LedgerEvent, { type: 'handoff.answered' }>;

/** The last answer to each item of one handoff, by id. */
export const foldAnswers = (
  events: readonly LedgerEvent[],
  { kind, subject }: HandoffSubject,
): ReadonlyMap<string, Answer> =>
  new Map(
    events
      .filter((event): event is Answered => event.type === 'handoff.answered')
      .filter(({ data }) => data.kind === kind && data.subject === subject)
      .map(({ at, data: { item, text, by, mark } }) => [item, { text, by, at, mark }]),
  );
