import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hitsAmong, makeMishaps, readBehaviour } from '../../../src/sandbox/app/behaviour.ts';

const ROUTE = 'POST /api/payments/webhook';
const behave = async (value: unknown) => makeMishaps(await readBehaviour(JSON.stringify(value)));
const statuses = (next: Awaited<ReturnType<typeof behave>>, n: number, route = ROUTE) =>
  Array.from({ length: n }, () => next(route).status);
const count = (found: readonly unknown[]) => found.filter((one) => one !== undefined).length;

describe('the behaviour of a build', () => {
  it.each([{}, { faults: [] }, { faults: [], slow: [] }])('is good without a word: %j', async (said) => {
    expect(statuses(await behave(said), 50).every((one) => one === undefined)).toBe(true);
  });

  it('fails exactly the share it says, spread evenly, on its route alone', async () => {
    const next = await behave({ faults: [{ route: ROUTE, share: 0.12 }] });
    const found = statuses(next, 100);
    expect(count(found)).toBe(12);
    expect(found.indexOf(500)).toBe(8);
    expect([0, 25, 50, 75].map((at) => count(found.slice(at, at + 25)))).toEqual([3, 3, 3, 3]);
    expect(count(statuses(next, 100, 'GET /health'))).toBe(0);
  });

  it('climbs from nothing to its share, and stays there', async () => {
    const found = statuses(
      await behave({ faults: [{ route: ROUTE, share: 0.3, status: 503, growsOverRequests: 150 }] }),
      400,
    );
    expect(found.indexOf(503)).toBe(31);
    expect(count(found.slice(0, 30))).toBe(0);
    expect(count(found.slice(0, 200))).toBeGreaterThan(30);
    expect(count(found.slice(200, 300))).toBe(30);
    expect(count(found.slice(300, 400))).toBe(30);
  });

  it('does nothing wrong before so many requests', async () => {
    const faults = [{ route: ROUTE, share: 0.5, status: 500, afterRequests: 80 }];
    const found = statuses(await behave({ faults }), 84);
    expect(found.slice(80)).toEqual([undefined, 500, undefined, 500]);
    expect(count(found.slice(0, 80))).toBe(0);
  });

  it('waits where it is slow, for a share or always', async () => {
    const next = await behave({
      slow: [
        { route: ROUTE, ms: 40, share: 0.5 },
        { route: 'GET /health', ms: 7 },
      ],
    });
    expect([1, 2, 3, 4].map(() => next(ROUTE).waitMs)).toEqual([0, 40, 0, 40]);
    expect(next('GET /health').waitMs).toBe(7);
  });

  it('never hits more than every request, nor one request twice', () => {
    const n = fc.integer({ min: 1, max: 2_000 });
    const share = fc.integer({ min: 0, max: 1_000 }).map((mills) => mills / 1_000);
    fc.assert(
      fc.property(n, share, fc.integer({ min: 0, max: 500 }), (at, of, over) => {
        const step = hitsAmong(at, of, over) - hitsAmong(at - 1, of, over);
        expect(step === 0 || step === 1).toBe(true);
        expect(hitsAmong(at, of, over)).toBeLessThanOrEqual(at * of + 1e-6);
      }),
    );
  });

  it('is refused in one line when it is none', async () => {
    await expect(readBehaviour('{"faults":[{"route":"GET /","share":2}]}')).rejects.toThrow(
      /^app\/behaviour\.json: faults\.0\.share /,
    );
    for (const text of ['{"faulty":[]}', '{"faults":{}}', '[]', 'null'])
      await expect(readBehaviour(text)).rejects.toThrow('app/behaviour.json');
    await expect(readBehaviour('{')).rejects.toThrow(SyntaxError);
  });
});
