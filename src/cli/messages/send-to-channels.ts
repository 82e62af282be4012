import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Moment } from '../../domain/moment.ts';
import type { Wired } from '../wired.ts';

/** Which channels have the message, and what is to be said of the others. */
export interface Told {
  readonly told: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Sends one message that belongs to no plan, as an answer where `threadIn` knows a thread. A channel that is
 * not reached is a warning, never a failure (E-65).
 */
export async function sendToChannels(
  template: string,
  channels: readonly string[],
  moment: Moment,
  { services, render }: Pick<Wired, 'services' | 'render'>,
  threadIn: (channel: string) => Promise<string | undefined> = async () => undefined,
): Promise<Told> {
  const message = await render(template, moment as unknown as JsonObject);
  const marker = { run: moment.run, step: moment.step };
  const answers = await Promise.all(
    channels.map(async (channel) => {
      try {
        await services.slack.post(channel, message, marker, await threadIn(channel));
        return { channel };
      } catch (error) {
        if (!isReleaseError(error)) throw error;
        return { channel, warning: error.text.what };
      }
    }),
  );
  return {
    told: answers.filter(({ warning }) => warning === undefined).map(({ channel }) => channel),
    warnings: answers.flatMap(({ warning }) => warning ?? []),
  };
}
