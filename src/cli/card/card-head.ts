import { seconds } from '../../domain/duration.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Card } from '../../ledger/fold-card.ts';
import type { SentMessage } from '../../services/slack/port.ts';
import type { Wired } from '../wired.ts';
import { cardMoment, cardNameOf, keyOf } from './card-moment.ts';

/** Slack takes about fifty rewritings a minute, and one message a second in a channel: messages come first. */
const BETWEEN_MS = seconds(1.2);

export type CardTools = Pick<Wired, 'services' | 'render' | 'clock' | 'env'>;

interface Wanted {
  readonly key: string;
  readonly card: Card;
  readonly more: JsonObject;
}

/** One head of one thread. The newest state wins: what came in between while Slack was slow is never written. */
export class CardHead {
  /** Why the last try failed; undefined: it did not. */
  failure: unknown;
  private wanted: Wanted | undefined;
  private written = '';
  private going: Promise<void> | undefined;
  private readonly sent: SentMessage;
  private readonly tools: CardTools;
  private readonly mayWrite: () => boolean;

  constructor(sent: SentMessage, tools: CardTools, mayWrite: () => boolean) {
    this.sent = sent;
    this.tools = tools;
    this.mayWrite = mayWrite;
  }

  get channel(): string {
    return this.sent.channel;
  }

  /** Writes it soon, unless it says what stands there already. Waits for nothing. */
  want(card: Card, more: JsonObject): void {
    const key = keyOf(card, more);
    if (key === this.wanted?.key) return;
    this.wanted = { key, card, more };
    this.begin();
  }

  /** Tries once more what could not be written, and waits until nothing is left to write. */
  async settle(): Promise<void> {
    this.begin();
    await this.going;
  }

  private begin(): void {
    this.going ??= this.write();
  }

  private async write(): Promise<void> {
    await Promise.resolve();
    try {
      for (let next = this.wanted; next !== undefined && next.key !== this.written; next = this.wanted) {
        if (!(await this.writeOne(next))) return;
        if (this.wanted !== next) await this.tools.clock.sleep(BETWEEN_MS);
      }
    } catch (error) {
      this.failure = error;
    } finally {
      this.going = undefined;
    }
  }

  /** False where whoever writes has no right to any more: the one who has it now writes it too. */
  private async writeOne({ key, card, more }: Wanted): Promise<boolean> {
    const { services, render } = this.tools;
    const moment = { ...cardMoment(card, more, this.tools), channel: this.channel };
    const message = await render(cardNameOf(card), moment as unknown as JsonObject);
    if (!this.mayWrite()) return false;
    await services.slack.update(this.sent, message);
    this.failure = undefined;
    this.written = key;
    return true;
  }
}
