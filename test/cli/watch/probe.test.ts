import { describe, expect, it } from 'vitest';
import { makeProbe } from '../../../src/cli/watch/sources/probe.ts';
import type { SourceWorld } from '../../../src/cli/watch/sources/source-world.ts';
import type { Services } from '../../../src/services/services.ts';
import type { WebAnswer, WebRequest } from '../../../src/services/web/port.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

const health = { id: 'health', row: 'SMK-01', path: '/health', budget: 'fast', critical: true };
const budgets = { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 1 } };

/** Probes once a second; the answers come after so many ms, an Error never does. */
async function probe(answers: readonly (number | 'timeout' | 'reset' | 'asleep')[]) {
  let now = 1_000_000;
  const asked: WebRequest[] = [];
  const request = async (_: string, one: WebRequest): Promise<WebAnswer> => {
    const answer = answers[asked.length] ?? 0;
    asked.push(one);
    if (answer === 'asleep') {
      now += 600_000;
      source.startOver?.();
    } else now += answer === 'timeout' ? 5000 : answer === 'reset' ? 2 : answer;
    if (typeof answer === 'string') throw new Error(answer);
    return { status: 200, headers: {}, bytes: new Uint8Array(), text: '{}', json: {}, tookMs: answer };
  };
  const { wired, context } = makeCliWorld({ runbook: gitAlone({ budgets, smoke: { calls: [health] } }) });
  const services = { ...wired.services, web: { ...wired.services.web, request } } as Services;
  const world: SourceWorld = {
    ...{ context, version: 'v2.1.0', run: 'w-1', facts: {}, open: 0, now: () => now },
    ago: (ms) => new Date(now - ms),
    wired: { ...wired, services },
  };
  const source = makeProbe('probes', 1000, world);
  let last: Record<string, unknown> = {};
  let silent = 0;
  for (const _ of answers) {
    const due = now + 1000;
    const told = (await source.sample(new AbortController().signal)) as readonly Record<string, unknown>[];
    last = told.find(({ metric }) => metric === 'p95-ms') ?? last;
    if (told.length === 0) silent += 1;
    now = Math.max(now, due);
  }
  return { p95: last, asked, silent };
}
const of = <T>(length: number, one: T): T[] => Array.from({ length }, () => one);

describe('the P95 of our own requests', () => {
  it('PER-01, T6: a try without an answer is over any limit: P95 has no end where one of ten had none', async () => {
    expect((await probe(of(40, 20))).p95).toMatchObject({ value: 20, n: 40 });
    const { p95 } = await probe([...of(36, 20), ...of(4, 'reset' as const)]);
    expect(p95).toMatchObject({ value: Number.POSITIVE_INFINITY, n: 40 });
  });

  it('T6: what was due while an answer was awaited would have waited as well', async () => {
    // Every twentieth answer takes ten seconds: of a hundred seconds half are bad, and one of twenty answers.
    const { p95 } = await probe(of(3, [...of(19, 20), 10_000]).flat());
    expect(Number(p95.value)).toBeGreaterThan(8000);
    expect(p95.n).toBe(19 * 3 + 10 * 3);
  });

  it('F68: a machine that slept has waited for nobody, and what was before counts no more', async () => {
    const { p95, silent } = await probe([...of(40, 300), 'asleep', ...of(25, 20)]);
    expect([p95, silent]).toEqual([expect.objectContaining({ value: 20, n: 24 }), 1]);
  });

  it('RBC-P0-2: waits for no answer longer than five seconds', async () => {
    expect((await probe([20])).asked[0]).toMatchObject({ timeoutMs: 5000 });
  });
});
