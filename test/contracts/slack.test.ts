import { expect, it } from 'vitest';
import type { Exchange } from '../../src/sandbox/servers/router.ts';
import { startSlack } from '../../src/sandbox/servers/slack/start.ts';
import { makeSlack } from '../../src/services/slack/real.ts';
import { listTypeFaults } from '../support/conformance/typed-answers.ts';
import { MemorySlack } from '../support/memory/slack.ts';
import { BOT_TOKEN, HOOK_PATH, makeInstantClock, makeSurroundings } from '../support/slack-surroundings.ts';
import { planted, SLACK } from './conform.ts';
import { describeSlackPort } from './slack-suite.ts';

const exchanges: Exchange[] = [];
const now = (): Date => new Date('2025-10-01T14:00:30Z');

describeSlackPort('the real Slack adapter against the wire server', async () => {
  const server = await startSlack({
    token: BOT_TOKEN,
    now,
    pace: { perSecond: 1, burst: 1000 },
    channels: [
      { name: 'releases', id: 'C0RELEASES' },
      { name: 'incidents', id: 'C0INCIDENTS' },
      { name: 'engineering', id: 'C0ENGINEERING', webhookPath: HOOK_PATH },
    ],
  });
  server.witness((exchange) => exchanges.push(exchange));
  const { clock } = makeInstantClock(now);
  return {
    slack: makeSlack(makeSurroundings({ url: server.url, clock })),
    seen: () => server.messages(),
    loseNextAnswer: () =>
      server.addFault({ path: /chat\.postMessage$/, times: 1, answer: 'drop', after: true }),
    close: () => server.close(),
  };
});

describeSlackPort('the Slack of memory', async () => {
  const slack = new MemorySlack({ releases: 'bot', incidents: 'bot', engineering: 'webhook' }, now);
  return {
    slack,
    seen: () =>
      slack.messages.map(({ channel, message, thread }) => ({ channel, text: message.text, thread })),
    loseNextAnswer: (channel) => slack.failNext(channel, 'lost'),
    close: async () => {},
  };
});

it("Slack's own types know every address and field that was answered here, and not one of nobody", () => {
  const faults = listTypeFaults(SLACK, [...exchanges, planted('POST', '/api/auth.test')]);
  expect(exchanges.length).toBeGreaterThan(15);
  expect(faults).toEqual([expect.stringMatching(/^POST .api.auth.test: .*field_of_nobody.* does not exist/)]);
});
