import type { Story } from '../../ledger/find-story.ts';
import { listKept, listTold } from '../../ledger/fold-messages.ts';

/** A message of a story, as it went. */
export interface MessageSeen {
  /** ms since 1970: when it was sent, or written where it was not. */
  readonly at: number;
  readonly template: string;
  readonly version: string;
  readonly channels: readonly string[];
  readonly state: 'sent' | 'not-sent' | 'in-doubt';
  /** By what it was sent, or why it was not. */
  readonly said: string;
}

/** What people were told and what did not reach them, oldest first. */
export function listMessages({ events, runs }: Pick<Story, 'events' | 'runs'>): readonly MessageSeen[] {
  const told = listTold(events).map(
    ({ at, by, ...message }): MessageSeen => ({ ...message, at: Date.parse(at), state: 'sent', said: by }),
  );
  const missed = runs
    .flatMap((run) => listKept(events, run))
    .map(
      ({ at, template, run, missing, said, inDoubt }): MessageSeen => ({
        ...{ at: Date.parse(at), template, version: run.plan.version, channels: missing, said },
        state: inDoubt ? 'in-doubt' : 'not-sent',
      }),
    );
  return [...told, ...missed].sort((a, b) => a.at - b.at);
}
