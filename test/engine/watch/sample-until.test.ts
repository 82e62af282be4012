import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Tick } from '../../../src/domain/watch/tick.ts';
import { makeSteadyTime, sampleUntil } from '../../../src/engine/watch/sample-until.ts';
import type { Sampler } from '../../../src/engine/watch/sampler.ts';

/** A machine that sleeps for ten minutes at a second, and on which an answer can be on its way meanwhile. */
function makeMachine(sleepsAt: number) {
  let passed = 0;
  let hasSlept = false;
  const clock: Clock = {
    now: () => new Date(passed),
    monotonic: () => passed,
    sleep: async (ms) => {
      await new Promise((done) => setImmediate(done));
      passed += ms;
      if (hasSlept || passed < sleepsAt * 1000) return;
      hasSlept = true;
      passed += 600_000;
    },
  };
  /** Resolves once the machine has slept, and so many beats after that. */
  const whenAwake = async (beats: number): Promise<void> => {
    while (!hasSlept) await new Promise((done) => setImmediate(done));
    for (let i = 0; i < beats * 4; i += 1) await new Promise((done) => setImmediate(done));
  };
  return { clock, whenAwake };
}

const count = (name: string): Pick<Sampler, 'name' | 'everyMs' | 'metrics'> => ({
  ...{ name, everyMs: 1000, metrics: ['m'] },
});

async function watch(
  sampler: (machine: ReturnType<typeof makeMachine>, startedOver: () => number) => Sampler,
) {
  const machine = makeMachine(10);
  const ticks: Tick[] = [];
  const troubles: unknown[] = [];
  const slept: number[] = [];
  let overs = 0;
  const made = sampler(machine, () => overs);
  const now = makeSteadyTime(machine.clock);
  await sampleUntil(700_000, now, {
    clock: machine.clock,
    samplers: [
      {
        ...made,
        startOver: () => {
          overs += 1;
        },
      },
    ],
    take: (tick) => {
      ticks.push(tick);
      return [];
    },
    advance: () => [],
    changed: () => undefined,
    slept: (ms) => void slept.push(ms),
    beat: () => undefined,
    trouble: (_, error) => void (error !== undefined && troubles.push(error)),
    isOver: () => false,
    signal: new AbortController().signal,
  });
  return { ticks, troubles, slept, overs };
}

describe('F68: a machine that sleeps while a watch goes on', () => {
  it.each([0, 5])(
    'takes nothing that was asked before it slept, %i beats after it woke up',
    async (beats) => {
      let nth = 0;
      const { ticks, slept, overs } = await watch(({ whenAwake }) => ({
        ...count('slow'),
        sample: async () => {
          nth += 1;
          const value = nth;
          if (value === 3) await whenAwake(beats);
          return [{ metric: 'm', series: 'all', source: 'slow', value }];
        },
      }));
      expect(slept.map((ms) => ms > 600_000)).toEqual([true]);
      expect(overs).toBe(1);
      const values = ticks.map((tick) => ('value' in tick ? tick.value : 'gap'));
      expect(values.slice(0, 5)).toEqual([1, 2, 'gap', 4, 5]);
    },
  );

  it('has no trouble with a source whose answer was lost in it', async () => {
    let nth = 0;
    const { troubles, ticks } = await watch(({ whenAwake }) => ({
      ...count('lost'),
      sample: async () => {
        nth += 1;
        if (nth !== 3) return [];
        await whenAwake(3);
        throw new Error('the connection was reset');
      },
    }));
    expect(troubles).toEqual([]);
    expect(ticks).toHaveLength(1);
  });
});
