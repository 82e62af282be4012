import { describe, expect, it } from 'vitest';
import { clipEvidence } from '../../src/domain/clip-evidence.ts';
import type { Clock } from '../../src/domain/clock.ts';
import { askCheck } from '../../src/engine/ask-check.ts';
import type { Check, Policy } from '../../src/kit.ts';

/** Every timer rings as late as it is told, one after the other; `asked` are the waits that were asked for. */
function makeLateClock(late: readonly number[]) {
  const asked: number[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => new Date(now),
    monotonic: () => now,
    sleep: async (ms) => {
      now += ms + (late[asked.length] ?? 0);
      asked.push(ms);
    },
  };
  return { clock, asked };
}

const silent: Check = {
  id: 'a.silent',
  title: '',
  runbook: [],
  gates: ['preflight'],
  needs: [],
  timeoutMs: 250,
  probe: () => new Promise(() => undefined),
  judge: () => ({ outcome: 'pass', said: '' }),
};

const ask = (check: Check, clock: Clock) =>
  askCheck(check, {
    services: {} as never,
    policy: {} as Policy,
    clock,
    signal: new AbortController().signal,
  });

describe('the time of a check', () => {
  it('is given back as often as a neighbour takes it, and ends then', async () => {
    const { clock, asked } = makeLateClock([300, 120, 10]);
    expect(await ask(silent, clock)).toMatchObject({ outcome: 'unknown', said: 'no answer within 250 ms' });
    expect(asked).toEqual([250, 300, 120]);
  });

  it('is not stretched by a timer that is as exact as timers are', async () => {
    const { clock, asked } = makeLateClock([2]);
    await ask(silent, clock);
    expect(asked).toEqual([250]);
  });
});

describe('evidence', () => {
  it('is kept as it is while it is small, and named by its size when it is not', () => {
    const small = { rows: [1, null, 'two', { three: true }] };
    expect(clipEvidence(small)).toBe(small);
    const leftOut = { leftOut: 'larger than 64 KiB' };
    expect(clipEvidence('x'.repeat(65_600))).toEqual(leftOut);
    expect(clipEvidence(Array(20_000).fill('four'))).toEqual(leftOut);
    expect(clipEvidence({ deep: { deeper: Array(70_000).fill(1) } })).toEqual(leftOut);
  });

  it('about given files is kept whole: SARIF and annotations have every place from it', async () => {
    const rows = Array<string>(20_000).fill('four');
    const check: Check = {
      ...silent,
      probe: async () => rows,
      judge: () => ({ outcome: 'fail', said: 'much', remedy: '', evidence: rows }),
    };
    const evidenceOf = async (given: Partial<Policy>) => {
      const { clock } = makeLateClock([]);
      const policy = { env: 'files', ...given } as Policy;
      const answer = await askCheck(check, {
        services: {} as never,
        policy,
        clock: { ...clock, sleep: () => new Promise(() => undefined) },
        signal: new AbortController().signal,
      });
      return answer.evidence;
    };
    expect(await evidenceOf({ files: [] })).toEqual(rows);
    expect(await evidenceOf({})).toEqual({ leftOut: 'larger than 64 KiB' });
  });

  it('that goes round in a circle has an end', () => {
    const circle: Record<string, never> = {};
    (circle as Record<string, unknown>).me = circle;
    expect(clipEvidence(circle)).toEqual({ leftOut: 'larger than 64 KiB' });
  });

  it('leaves out what JSON cannot hold, because it would break every answer beside it', () => {
    const leftOut = { leftOut: 'JSON cannot hold it' };
    const throwing = {
      get rows(): number {
        throw new Error('gone');
      },
    };
    for (const odd of [10n, { rows: 10n }, () => 1, throwing])
      expect(clipEvidence(odd as never)).toEqual(leftOut);
  });
});
