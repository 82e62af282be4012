import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { route, type StandIn, startStandIn } from '../../src/sandbox/servers/router.ts';
import { limitAnswers } from '../../src/services/limit-answer.ts';

let server: StandIn;
let stranger: StandIn;

beforeAll(async () => {
  stranger = await startStandIn([]);
  server = await startStandIn([
    route('GET /text/:size', ({ params }) => ({
      status: 201,
      text: 'x'.repeat(Number(params.size)),
      headers: { 'x-kept': 'yes' },
    })),
    route('GET /nothing', () => ({ status: 204 })),
    route('POST /away', () => ({ status: 307, headers: { location: `${stranger.url}/steal` } })),
  ]);
});
afterAll(async () => {
  await server.close();
  await stranger.close();
});

const limited = limitAnswers(globalThis.fetch, 1000);

describe('a fetch for clients that send keys', () => {
  it('passes on an answer up to the limit, with its status and headers', async () => {
    const answer = await limited(`${server.url}/text/1000`);
    expect([answer.status, answer.headers.get('x-kept')]).toEqual([201, 'yes']);
    expect(await answer.text()).toHaveLength(1000);
  });

  it('F57: cuts off an answer that is larger', async () => {
    const answer = await limited(`${server.url}/text/1001`);
    await expect(answer.text()).rejects.toThrow('the answer is too large');
  });

  it('passes on an answer without a body', async () => {
    expect((await limited(`${server.url}/nothing`)).status).toBe(204);
  });

  it('T25: follows no redirect, whatever the caller asks for', async () => {
    const sent = { method: 'POST', body: 'secret', redirect: 'follow' } as const;
    await expect(limited(`${server.url}/away`, sent)).rejects.toThrow();
    expect(stranger.calls).toEqual([]);
  });
});
