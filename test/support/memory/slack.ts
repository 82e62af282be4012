import { type FailureCode, ReleaseError, type StateAfter } from '../../../src/domain/failure.ts';
import type {
  CarriedMessage,
  MessageMarker,
  SentMessage,
  SlackMessage,
  SlackPort,
} from '../../../src/services/slack/port.ts';

export interface MemoryMessage {
  readonly channel: string;
  readonly ts: string;
  readonly thread?: string;
  readonly marker: MessageMarker;
  readonly facts: Readonly<Record<string, string>>;
  readonly at: number;
  readonly message: SlackMessage;
}

/** What happens to the next message of a channel. `lost`: it arrives, its answer does not. */
export type MemoryFault = 'refused' | 'lost' | Error;

const failure = (code: FailureCode, channel: string, state: StateAfter): ReleaseError =>
  new ReleaseError(code, {
    what: `Slack #${channel} was not reached (memory).`,
    next: 'Send it again.',
    state,
  });

/** Slack in memory, for the engine's tests and the simulator. It passes the contract of the real adapter. */
export class MemorySlack implements SlackPort {
  readonly messages: MemoryMessage[] = [];
  private readonly faults = new Map<string, MemoryFault>();
  private readonly channels: Readonly<Record<string, 'bot' | 'webhook'>>;
  private readonly now: () => Date;

  constructor(channels: Readonly<Record<string, 'bot' | 'webhook'>>, now: () => Date) {
    this.channels = channels;
    this.now = now;
  }

  failNext(channel: string, fault: MemoryFault): void {
    this.faults.set(channel, fault);
  }

  transport(channel: string): 'bot' | 'webhook' | undefined {
    return this.channels[channel];
  }

  async post(
    channel: string,
    message: SlackMessage,
    marker: MessageMarker,
    thread?: string,
    facts: Readonly<Record<string, string>> = {},
  ): Promise<SentMessage> {
    const transport = this.routeTo(channel);
    const fault = this.faults.get(channel);
    this.faults.delete(channel);
    if (fault instanceof Error) throw fault;
    if (fault === 'refused') throw failure('E_SLACK_REFUSED', channel, 'untouched');
    const ts = `${Math.floor(this.now().getTime() / 1000)}.${String(this.messages.length).padStart(6, '0')}`;
    const place = { channel, ts, ...(thread === undefined || transport === 'webhook' ? {} : { thread }) };
    this.messages.push({ ...place, marker, facts, message, at: this.now().getTime() });
    if (fault === 'lost') throw failure('E_SLACK_UNREACHABLE', channel, 'unclear');
    return transport === 'bot'
      ? { channel, transport, ts, channelId: `C-${channel}` }
      : { channel, transport };
  }

  async scopes(): Promise<readonly string[] | undefined> {
    const isBot = Object.values(this.channels).includes('bot');
    return isBot ? ['chat:write', 'channels:history'] : undefined;
  }

  async update(sent: SentMessage, message: SlackMessage): Promise<void> {
    if (sent.transport === 'webhook') throw failure('E_SLACK_CHANNEL', sent.channel, 'untouched');
    const index = this.messages.findIndex((one) => one.channel === sent.channel && one.ts === sent.ts);
    const old = this.messages[index];
    if (old === undefined) throw failure('E_SLACK_REFUSED', sent.channel, 'untouched');
    this.messages[index] = { ...old, message };
  }

  async find(
    channel: string,
    marker: MessageMarker,
    since: string,
    thread?: string,
  ): Promise<SentMessage | undefined> {
    const transport = this.routeTo(channel);
    if (transport === 'webhook') return undefined;
    const oldest = Date.parse(since) - 60_000;
    const hit = this.messages.find(
      (one) =>
        one.channel === channel &&
        one.thread === thread &&
        one.at >= oldest &&
        one.marker.run === marker.run &&
        one.marker.step === marker.step,
    );
    return hit && { channel, transport, ts: hit.ts, channelId: `C-${channel}` };
  }

  async recall(channel: string, since: string, thread?: string): Promise<readonly CarriedMessage[]> {
    if (this.routeTo(channel) === 'webhook') return [];
    const isThere = (one: MemoryMessage): boolean =>
      thread === undefined ? one.thread === undefined : one.thread === thread || one.ts === thread;
    return this.messages
      .filter((one) => one.channel === channel && isThere(one) && one.at >= Date.parse(since) - 60_000)
      .map(({ ts, marker, facts }) => ({ ts, ...marker, facts }))
      .reverse();
  }

  private routeTo(channel: string): 'bot' | 'webhook' {
    const transport = this.channels[channel];
    if (transport === undefined) throw failure('E_SLACK_CHANNEL', channel, 'untouched');
    return transport;
  }
}
