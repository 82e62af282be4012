import type { SlackMessage } from '../../services/slack/port.ts';
import type { Wired } from '../wired.ts';
import { findOut, type ProbeFinding } from './probe-finding.ts';

const service = 'slack' as const;

/** Posting, and finding again what was posted when its answer was lost. */
const NEEDED = ['chat:write', 'channels:history'];

const TEXT = 'release init --probe: this channel is reached. Nothing to do.';
const MESSAGE: SlackMessage = {
  text: TEXT,
  blocks: [{ type: 'section', text: { type: 'plain_text', text: TEXT } }],
};

async function askScopes({ services: { slack } }: Wired): Promise<readonly ProbeFinding[]> {
  const one = await findOut({ service, id: 'slack.scopes' }, async () => {
    const scopes = await slack.scopes();
    if (scopes === undefined)
      return { outcome: 'skip', said: 'no bot token; channels are reached by webhook' };
    const lost = NEEDED.filter((scope) => !scopes.includes(scope));
    return lost.length === 0
      ? { outcome: 'pass', said: `the token has ${NEEDED.join(' and ')}` }
      : {
          outcome: 'fail',
          said: `the token lacks ${lost.join(' and ')}`,
          next: 'Give the Slack app these scopes, then install it again.',
        };
  });
  return [one];
}

/** Reading proves that a channel is there and the app is in it; a webhook can be proven by a message alone. */
async function askChannel(
  channel: string,
  run: string,
  maySend: boolean,
  wired: Wired,
): Promise<ProbeFinding> {
  const { slack } = wired.services;
  return findOut({ service, id: `slack.channel.${channel}` }, async () => {
    if (maySend) {
      await slack.post(channel, MESSAGE, { run, step: 'probe' });
      return { outcome: 'pass', said: `#${channel} has the message of this probe` };
    }
    if (slack.transport(channel) === 'webhook')
      return {
        outcome: 'unknown',
        said: `#${channel} is reached by webhook, which only a message can prove`,
        next: 'One message each proves it: release init --probe --send',
      };
    await slack.recall(channel, wired.clock.now().toISOString());
    return { outcome: 'pass', said: `#${channel} can be read` };
  });
}

/** What a release asks of Slack. No message is sent unless `maySend`. */
export async function probeSlack(
  wired: Wired,
  run: string,
  maySend: boolean,
): Promise<readonly ProbeFinding[]> {
  const channels = Object.keys(wired.runbook.services.slack?.channels ?? {});
  const scopes = await askScopes(wired);
  const asked: ProbeFinding[] = [];
  for (const channel of channels) asked.push(await askChannel(channel, run, maySend, wired));
  return [...scopes, ...asked];
}
