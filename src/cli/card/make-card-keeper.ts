import { seconds } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { openSignal } from '../../engine/open-signal.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { listCards } from '../../ledger/fold-card.ts';
import { CardHead, type CardTools } from './card-head.ts';
import { placesOf } from './card-moment.ts';

/** So long the end of a command waits for the last word of its cards. */
const PATIENCE_MS = seconds(5);

/** Keeps the heads of threads true (COM-02, ux 3.3). */
export interface CardKeeper {
  /** Looks at what the ledger says now, and rewrites what that changes; waits for nothing and never throws. */
  show(events: readonly LedgerEvent[], more?: JsonObject): void;
  /** Waits a few seconds for the last word, and gives what is to be said of heads that do not have it. Never throws. */
  close(): Promise<readonly string[]>;
}

const sayFailure = ({ channel, failure }: CardHead, env: string): string => {
  const why = isReleaseError(failure)
    ? failure.text.what
    : failure === undefined
      ? 'No answer in time.'
      : String(failure);
  return `The head of the thread in #${channel.replace(/^#/, '')} does not say how it ended. ${why} Brought up to date by: release notify --resend --env ${env}`;
};

/**
 * Whoever keeps the cards that a run changes: its own, and that of the release which a rollback leaves. `mayWrite` is asked
 * before every request: who has lost the lock writes nothing over what its successor wrote.
 */
export function makeCardKeeper(
  run: string,
  tools: CardTools,
  mayWrite: () => boolean = () => true,
): CardKeeper {
  const heads = new Map<string, CardHead>();
  let bug: unknown;
  const look = (events: readonly LedgerEvent[], more: JsonObject): void => {
    for (const card of listCards(events, run))
      for (const sent of placesOf(card)) {
        const id = `${sent.channel} ${sent.ts}`;
        const head = heads.get(id) ?? new CardHead(sent, tools, mayWrite);
        heads.set(id, head);
        head.want(card, more);
      }
  };
  return {
    show: (events, more = {}) => {
      try {
        look(events, more);
      } catch (error) {
        // A card is worth less than the run that it tells of; that it broke is said at its end.
        bug = error;
      }
    },
    close: async () => {
      const own = openSignal();
      const open = new Set(heads.values());
      const settle = async (head: CardHead): Promise<void> => {
        await head.settle();
        if (head.failure === undefined) open.delete(head);
      };
      try {
        const late = tools.clock.sleep(PATIENCE_MS, own.signal).catch(() => undefined);
        await Promise.race([Promise.all([...heads.values()].map(settle)), late]);
      } finally {
        own.end();
      }
      const broken = bug === undefined ? [] : [`The heads of threads could not be kept: ${String(bug)}`];
      return [...broken, ...[...open].map((head) => sayFailure(head, tools.env))];
    },
  };
}
