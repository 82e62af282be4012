import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ReleaseError } from '../../src/domain/failure.ts';
import { type SlackStandIn, startSlack } from '../../src/sandbox/servers/slack/start.ts';
import { makeSlack } from '../../src/services/slack/real.ts';
import { BOT_TOKEN, HOOK_PATH, makeInstantClock, makeSurroundings } from '../support/slack-surroundings.ts';

const message = { text: 'hello', blocks: [] };
const marker = { run: 'r-1', step: 'announce' };
const POST = /chat\.postMessage$/;
const HOOK = /^\/services\//;

let server: SlackStandIn;
let instant: ReturnType<typeof makeInstantClock>;

const slackWith = (over: { timeoutSeconds?: number; secrets?: Record<string, string>; url?: string } = {}) =>
  makeSlack(makeSurroundings({ url: server.url, clock: instant.clock, ...over }));

async function failureOf(work: Promise<unknown>): Promise<ReleaseError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReleaseError) return error;
  throw new Error(`a ReleaseError was expected, got ${inspect(error)}`);
}

const postsTo = (path: RegExp): number => server.calls.filter((call) => path.test(call.path)).length;

beforeAll(async () => {
  server = await startSlack({
    token: BOT_TOKEN,
    pace: { perSecond: 1, burst: 1000 },
    channels: [
      { name: 'releases', id: 'C0RELEASES' },
      { name: 'engineering', id: 'C0ENGINEERING', webhookPath: HOOK_PATH },
    ],
  });
});
afterAll(() => server.close());
beforeEach(() => {
  instant = makeInstantClock();
});

describe('Slack, when things go wrong', () => {
  it('F53: waits as long as Retry-After says and posts once, by bot and by webhook', async () => {
    const busy = { status: 429, headers: { 'retry-after': '2' }, text: 'rate_limited' };
    for (const path of [POST, HOOK]) server.addFault({ path, times: 1, answer: busy });
    const before = server.messages().length;
    await slackWith().post('releases', message, marker);
    await slackWith().post('engineering', message, marker);
    expect(instant.slept).toEqual([2000, 2000]);
    expect(server.messages()).toHaveLength(before + 2);
  });

  it('F53: gives up without waiting when Slack asks for more than ten seconds', async () => {
    const busy = { status: 429, headers: { 'retry-after': '60' }, text: 'rate_limited' };
    for (const path of [POST, HOOK]) server.addFault({ path, times: 1, answer: busy });
    for (const channel of ['releases', 'engineering']) {
      const error = await failureOf(slackWith().post(channel, message, marker));
      expect(error).toMatchObject({
        code: 'E_SLACK_REFUSED',
        text: { state: 'untouched', why: 'It asks to wait 60 s.' },
      });
    }
    expect(instant.slept).toEqual([]);
  });

  it('F54: never sends a second time after a server error: Slack has no idempotency key', async () => {
    for (const path of [POST, HOOK])
      server.addFault({ path, times: 1, answer: { status: 503, text: 'down' } });
    for (const [channel, path] of [
      ['releases', POST],
      ['engineering', HOOK],
    ] as const) {
      const before = postsTo(path);
      const error = await failureOf(slackWith().post(channel, message, marker));
      expect(error).toMatchObject({ code: 'E_SLACK_UNREACHABLE', text: { state: 'unclear' } });
      expect(error.text.what).toContain('HTTP 503');
      expect(postsTo(path)).toBe(before + 1);
    }
  });

  it('F55: calls a 2xx page that is not Slack a failure, for the webhook SDK resolves any of them', async () => {
    const page = { status: 200, text: '<html>Please log in to the proxy</html>' };
    for (const path of [POST, HOOK]) server.addFault({ path, times: 1, answer: page });
    for (const channel of ['releases', 'engineering']) {
      const error = await failureOf(slackWith().post(channel, message, marker));
      expect(error).toMatchObject({ code: 'E_SLACK_UNREACHABLE', text: { state: 'unclear' } });
      expect(error.text.what).toContain('not from Slack');
    }
  });

  it("says Slack's own word and the remedy when it refuses", async () => {
    server.addFault({
      path: POST,
      times: 1,
      answer: { status: 200, json: { ok: false, error: 'not_in_channel' } },
    });
    server.addFault({ path: HOOK, times: 1, answer: { status: 404, text: 'no_service' } });
    const bot = await failureOf(slackWith().post('releases', message, marker));
    expect(bot.text).toMatchObject({
      what: 'Slack #releases was not reached (not_in_channel).',
      state: 'untouched',
    });
    expect(bot.text.next).toContain('Invite');
    expect(bot.code).toBe('E_SLACK_REFUSED');
    const hook = await failureOf(slackWith().post('engineering', message, marker));
    expect(hook.text.what).toBe('Slack #engineering was not reached (HTTP 404 no_service).');
    expect(hook.code).toBe('E_SLACK_KEY');
  });

  it.each(['invalid_auth', 'token_revoked', 'account_inactive', 'missing_scope'])(
    'tells a token that is refused (%s) from a message that is',
    async (word) => {
      server.addFault({ path: POST, times: 1, answer: { status: 200, json: { ok: false, error: word } } });
      const error = await failureOf(slackWith().post('releases', message, marker));
      expect(error).toMatchObject({ code: 'E_SLACK_KEY', text: { state: 'untouched' } });
    },
  );

  it('F56: tells a refused connection as untouched and a silence as unclear', async () => {
    const closed = await startSlack({ token: BOT_TOKEN, channels: [] });
    await closed.close();
    const gone = slackWith({ url: closed.url });
    expect(await failureOf(gone.post('releases', message, marker))).toMatchObject({
      code: 'E_SLACK_UNREACHABLE',
      text: { state: 'untouched' },
    });
    for (const path of [POST, HOOK]) server.addFault({ path, times: 1, answer: 'hang' });
    const impatient = slackWith({ timeoutSeconds: 0.2 });
    for (const channel of ['releases', 'engineering']) {
      const error = await failureOf(impatient.post(channel, message, marker));
      expect(error).toMatchObject({ code: 'E_SLACK_UNREACHABLE', text: { state: 'unclear' } });
      expect(error.text.what).toContain('no answer in time');
    }
  });

  it('T49: shows neither the token nor the address of a webhook in any failure', async () => {
    const answers = [{ status: 500, text: 'x' }, { status: 403, text: 'invalid_token' }, 'drop'] as const;
    for (const answer of answers) {
      for (const path of [POST, HOOK]) server.addFault({ path, times: 1, answer });
      for (const channel of ['releases', 'engineering']) {
        const shown = inspect(await failureOf(slackWith().post(channel, message, marker)), {
          depth: 9,
          showHidden: true,
        });
        expect(shown).not.toMatch(/canary/);
      }
    }
    const broken = slackWith({ secrets: { $HOOK: 'not an address canary' } });
    const error = await failureOf(broken.post('engineering', message, marker));
    expect(inspect(error, { depth: 9 })).not.toMatch(/canary/);
    expect(error.code).toBe('E_SLACK_CHANNEL');
  });

  it('does not take a name of the object prototype for a channel', async () => {
    expect(slackWith().transport('__proto__')).toBeUndefined();
    expect((await failureOf(slackWith().post('constructor', message, marker))).code).toBe('E_SLACK_CHANNEL');
  });

  it('T13: asks Slack not to unfurl links and not to link names', async () => {
    const bodies: string[] = [];
    const surroundings = makeSurroundings({ url: server.url, clock: instant.clock });
    const fetch: typeof globalThis.fetch = (url, init) => {
      bodies.push(String(init?.body));
      return globalThis.fetch(url, init);
    };
    const slack = makeSlack({ ...surroundings, fetch });
    await slack.post('releases', message, marker);
    await slack.post('engineering', message, marker);
    const form = new URLSearchParams(bodies[0]);
    expect([form.get('unfurl_links'), form.get('link_names')]).toEqual(['false', 'false']);
    expect(JSON.parse(bodies[1] ?? '{}')).toMatchObject({
      unfurl_links: false,
      unfurl_media: false,
      link_names: false,
    });
  });
});
