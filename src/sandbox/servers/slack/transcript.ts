import type { StoredMessage } from './message-store.ts';

/** A message and what was answered to it. */
export interface Thread {
  readonly message: StoredMessage;
  readonly replies: readonly StoredMessage[];
}

/** One channel's messages, each followed by its replies. */
export interface ChannelTranscript {
  readonly channel: string;
  readonly threads: readonly Thread[];
}

/** Messages as people read them: by channel, replies below the message they answer. */
export function foldTranscript(messages: readonly StoredMessage[]): readonly ChannelTranscript[] {
  const channels = [...new Set(messages.map((message) => message.channel))];
  return channels.map((channel) => {
    const own = messages.filter((message) => message.channel === channel);
    const heads = own.filter((message) => message.thread === undefined);
    return {
      channel,
      threads: heads.map((message) => ({ message, replies: own.filter((one) => one.thread === message.ts) })),
    };
  });
}

/** `10:00` on the wall of that zone. */
export const makeWallClock = (timezone: string): ((at: Date) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: timezone });
  return (at) => format.format(at);
};

function showMessage(message: StoredMessage, clock: (at: Date) => string, indent: string): string {
  const [first = '', ...rest] = message.text.split('\n');
  const head = `${indent}${clock(message.at)}  ${first}`;
  return [head, ...rest.map((line) => `${indent}       ${line}`.trimEnd())].join('\n');
}

/** What people saw, as plain text. */
export function sayTranscript(messages: readonly StoredMessage[], timezone: string): string {
  const clock = makeWallClock(timezone);
  const sayChannel = ({ channel, threads }: ChannelTranscript): string => {
    const shown = threads.flatMap(({ message, replies }) => [
      showMessage(message, clock, '  '),
      ...replies.map((reply) => showMessage(reply, clock, '      ↳ ')),
    ]);
    return [`#${channel}`, ...shown].join('\n\n');
  };
  return foldTranscript(messages).map(sayChannel).join('\n\n');
}
