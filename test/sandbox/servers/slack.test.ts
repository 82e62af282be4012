import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SlackStandIn, startSlack } from '../../../src/sandbox/servers/slack/start.ts';

const TOKEN = 'xoxb-sandbox';
const HOOK = '/services/T0/B0/abc';
let time = Date.parse('2025-10-01T14:00:00Z');
let server: SlackStandIn;

beforeAll(async () => {
  server = await startSlack({
    token: TOKEN,
    now: () => new Date(time),
    timezone: 'America/New_York',
    pace: { perSecond: 1, burst: 3 },
    members: { U0KIM: 'Kim <Vale>' },
    channels: [
      { name: 'releases', id: 'C0RELEASES', webhookPath: HOOK },
      { name: 'quiet', id: 'C0QUIET' },
      { name: 'limits', id: 'C0LIMITS' },
    ],
  });
});
afterAll(() => server.close());

type Answer = { ok: boolean; error?: string; ts: string; messages: { text: string; metadata?: unknown }[] };

async function call(method: string, form: Record<string, unknown>, token = TOKEN): Promise<Answer> {
  const fields = Object.entries(form).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const answer = await fetch(`${server.url}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(fields as [string, string][]),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

const hook = (body: string, type = 'application/json', path = HOOK) =>
  fetch(`${server.url}${path}`, { method: 'POST', headers: { 'content-type': type }, body });

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });
const passTime = (ms: number): void => {
  time += ms;
};

describe('the Slack of the sandbox', () => {
  it('says no with HTTP 200 and a word', async () => {
    expect((await call('auth.test', {}, 'xoxb-wrong')).error).toBe('invalid_auth');
    expect((await call('chat.postMessage', { channel: 'C0NONE', text: 'x' })).error).toBe(
      'channel_not_found',
    );
    expect((await call('chat.postMessage', { channel: 'C0LIMITS' })).error).toBe('no_text');
    expect((await call('chat.delete', {})).error).toBe('unknown_method');
    expect((await call('chat.update', { channel: 'C0LIMITS', ts: '1.0', text: 'x' })).error).toBe(
      'message_not_found',
    );
  });

  it('refuses blocks that Slack refuses', async () => {
    passTime(60_000);
    const post = async (blocks: unknown) => {
      passTime(2000);
      return (await call('chat.postMessage', { channel: 'C0LIMITS', text: 'x', blocks })).error;
    };
    expect(await post([section('a'.repeat(3001))])).toBe('invalid_blocks');
    expect(await post([{ type: 'header', text: { type: 'plain_text', text: 'a'.repeat(151) } }])).toBe(
      'invalid_blocks',
    );
    expect(await post(Array.from({ length: 51 }, () => section('a')))).toBe('invalid_blocks');
    expect(await post(Array.from({ length: 5 }, () => section('a'.repeat(2900))))).toBe(
      'msg_blocks_too_long',
    );
    expect(await post([section('a'.repeat(3000))])).toBeUndefined();
  });

  it('gives every message a later ts, also within one moment, and keeps threads', async () => {
    const first = await call('chat.postMessage', { channel: 'C0QUIET', text: 'one' });
    const second = await call('chat.postMessage', { channel: '#quiet', text: 'two', thread_ts: first.ts });
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(
      (await call('chat.postMessage', { channel: 'C0QUIET', text: 'x', thread_ts: '1.000000' })).error,
    ).toBe('thread_not_found');
    const replies = await call('conversations.replies', { channel: 'C0QUIET', ts: first.ts });
    expect(replies.messages.map((one) => one.text)).toEqual(['one', 'two']);
  });

  it('shows metadata only to those who ask for it', async () => {
    passTime(60_000);
    const metadata = { event_type: 'release_step', event_payload: { run: 'r', step: 's' } };
    await call('chat.postMessage', { channel: 'C0QUIET', text: 'marked', metadata });
    const plain = await call('conversations.history', { channel: 'C0QUIET' });
    const full = await call('conversations.history', { channel: 'C0QUIET', include_all_metadata: true });
    expect(plain.messages[0]).not.toHaveProperty('metadata');
    expect(full.messages[0]?.metadata).toEqual(metadata);
  });

  it('takes JSON on a webhook, answers ok alone, and knows no other address', async () => {
    passTime(60_000);
    const good = await hook('{"text":"flat"}');
    expect([good.status, await good.text()]).toEqual([200, 'ok']);
    passTime(60_000);
    const answers = [
      await hook('text=x', 'application/x-www-form-urlencoded'),
      await hook('{"blocks":[]}'),
      await hook('nope'),
    ];
    expect(await Promise.all(answers.map(async (one) => [one.status, await one.text()]))).toEqual([
      [400, 'invalid_payload'],
      [400, 'no_text'],
      [400, 'invalid_payload'],
    ]);
    const unknown = await hook('{"text":"x"}', 'application/json', '/services/T0/B0/other');
    expect([unknown.status, await unknown.text()]).toEqual([404, 'no_service']);
  });

  it('asks for patience when one channel gets more than it takes, and names the seconds', async () => {
    passTime(60_000);
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await hook('{"text":"burst"}')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await hook('{"text":"burst"}')).headers.get('retry-after')).toBe('1');
    passTime(1000);
    expect((await hook('{"text":"burst"}')).status).toBe(200);
  });

  it('shows what people saw: by channel, replies indented, in the time of the sandbox', async () => {
    const text = server.asText();
    expect(text).toContain('#quiet\n');
    expect(text).toMatch(/\n {2}\d\d:\d\d {2}one\n/);
    expect(text).toMatch(/\n {6}↳ \d\d:\d\d {2}two/);
  });

  it('T13: shows foreign text on its page as text only', async () => {
    passTime(60_000);
    const blocks = [
      section(
        '&lt;script&gt;alert(1)&lt;/script&gt; <javascript:alert(1)|click> <https://a.example/?x="|here>',
      ),
    ];
    await call('chat.postMessage', { channel: 'C0QUIET', text: 'x', blocks });
    const page = server.asPage();
    expect(page).not.toMatch(/<script/i);
    expect(page).not.toMatch(/href="javascript/i);
    expect(page).toContain('href="https://a.example/?x=&quot;"');
    expect(page).toContain('SANDBOX');
  });

  it('shows members and channels by their names, as Slack does, and an id that nobody knows as it is', async () => {
    passTime(60_000);
    const blocks = [section('Asked: <@U0KIM> and <@U0GONE> in <#C0LIMITS>')];
    await call('chat.postMessage', { channel: 'C0QUIET', text: 'x', blocks });
    const page = server.asPage();
    expect(page).toContain('<b class="mention">@Kim &lt;Vale&gt;</b>');
    expect(page).toContain('<b class="mention">@U0GONE</b>');
    expect(page).toContain('<b class="mention">#limits</b>');
  });
});
