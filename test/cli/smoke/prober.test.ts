import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measureInThread } from '../../../src/services/web/measure/in-thread.ts';
import type { ReadyLane } from '../../../src/services/web/measure/send-timed.ts';
import { withApp } from '../../contracts/web-world.ts';

const program = readFileSync('dist/prober.cjs', 'utf8');
const laneAt = (url: string, times: number): ReadyLane => ({
  id: 'login',
  outgoing: { url: `${url}/login`, method: 'POST', headers: { 'x-one': '1' }, body: Buffer.from('{"a":1}') },
  expected: { status: [200], body: { token: 'is:string' } },
  times,
  everyMs: 1,
  timeoutMs: 5000,
});
const never = new AbortController().signal;

describe('the thread that measures, as it was built', () => {
  it('T7: measures while this thread is busy, and needs no file any more', async () => {
    const bodies: string[] = [];
    await withApp(
      (request, response) => {
        request.on('data', (part) => bodies.push(`${request.headers['x-one']} ${part}`));
        request.on('end', () => response.end('{"token":"t"}'));
      },
      async (url) => {
        const order = { lanes: [laneAt(url, 5)], forMs: 30_000, atOnce: 4 };
        const { samples, coldMs } = await measureInThread(program, order, never);
        expect(samples.map(({ status, wrong }) => [status, wrong])).toEqual(Array(5).fill([200, undefined]));
        expect(Object.keys(coldMs)).toEqual(['login']);
        expect(bodies).toEqual(Array(6).fill('1 {"a":1}'));
      },
    );
  });

  it('ends with whoever stops it', async () => {
    const stop = new AbortController();
    await withApp(
      () => stop.abort(new Error('stopped')),
      async (url) => {
        const order = { lanes: [laneAt(url, 5)], forMs: 30_000, atOnce: 4 };
        await expect(measureInThread(program, order, stop.signal)).rejects.toThrow('stopped');
      },
    );
  });

  it('says that it broke, and never that nothing was wrong', async () => {
    const order = { lanes: [], forMs: 1, atOnce: 1 };
    await expect(measureInThread('throw new Error("broken")', order, never)).rejects.toThrow('broken');
    await expect(measureInThread('process.exit(3)', order, never)).rejects.toThrow('ended with 3');
  });
});
