import { didYouMean } from '../../domain/suggest.ts';
import type { Surroundings } from '../surroundings.ts';
import { findAsBot, postAsBot, readScopes, recallAsBot, rewriteAsBot } from './bot.ts';
import { makeBotClient } from './bot-client.ts';
import { makeMetadata } from './payload.ts';
import type { SlackPort } from './port.ts';
import { slackNoRoute } from './refusals.ts';
import { makeWebhookSender } from './webhook.ts';

const placeOf = (channel: string, id: string, thread?: string) => ({
  channel,
  id,
  ...(thread === undefined ? {} : { thread }),
});

/** Slack by bot token and by incoming webhook, chosen per channel by the configuration (E-95, E-96). */
export function makeSlack(surroundings: Surroundings): SlackPort {
  const settings = surroundings.runbook.services.slack;
  const channels = settings?.channels ?? {};
  const sendByWebhook = makeWebhookSender(surroundings);
  const client = settings?.botToken ? makeBotClient(surroundings, settings.botToken) : undefined;

  const findRoute = (channel: string) => (Object.hasOwn(channels, channel) ? channels[channel] : undefined);
  const routeTo = (channel: string) => {
    const route = findRoute(channel);
    if (route !== undefined) return route;
    const hint = didYouMean(channel, Object.keys(channels));
    const why = `The configuration does not name it.${hint}`;
    throw slackNoRoute(channel, why, 'Add it under services.slack.channels.');
  };
  const botFor = (channel: string) => {
    if (client !== undefined) return client;
    const next = 'Add services.slack.botToken, or give the channel a webhook.';
    throw slackNoRoute(channel, 'It is named by its id, which needs a bot token.', next);
  };

  return {
    transport: (channel) => {
      const route = findRoute(channel);
      return route && ('id' in route ? 'bot' : 'webhook');
    },
    post: async (channel, message, marker, thread, facts) => {
      const route = routeTo(channel);
      const metadata = makeMetadata(marker, facts);
      if ('webhook' in route) return sendByWebhook(channel, route.webhook, message, metadata);
      return postAsBot(botFor(channel).write, placeOf(channel, route.id, thread), message, metadata);
    },
    scopes: async () => client && readScopes(client.read),
    update: async (sent, message) => {
      if (sent.transport === 'bot') return rewriteAsBot(botFor(sent.channel).write, sent, message);
      const why = 'A message sent by webhook cannot be changed afterwards.';
      throw slackNoRoute(sent.channel, why, 'Give the channel its id and add services.slack.botToken.');
    },
    find: async (channel, marker, since, thread) => {
      const route = routeTo(channel);
      if ('webhook' in route) return undefined;
      return findAsBot(botFor(channel).read, placeOf(channel, route.id, thread), marker, since);
    },
    recall: async (channel, since, thread) => {
      const route = routeTo(channel);
      if ('webhook' in route) return [];
      return recallAsBot(botFor(channel).read, placeOf(channel, route.id, thread), since);
    },
  };
}
