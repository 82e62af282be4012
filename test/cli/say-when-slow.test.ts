import { expect, it } from 'vitest';
import { sayWhenSlow } from '../../src/cli/say-when-slow.ts';
import type { Clock } from '../../src/domain/clock.ts';

/** A clock on which no time passes: its sleepers wake when they are told to, or give up. */
function makeHeldClock() {
  const slept: number[] = [];
  let pass = (): void => undefined;
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      slept.push(ms);
      pass = resolve;
      signal?.addEventListener('abort', () => reject(new Error('stopped')));
    });
  const clock: Clock = { now: () => new Date(0), monotonic: () => 0, sleep };
  return { clock, slept, pass: () => pass() };
}

it('says that it takes long once three seconds are over', async () => {
  const { clock, slept, pass } = makeHeldClock();
  let end = (_: string): void => undefined;
  const work = new Promise<string>((resolve) => {
    end = resolve;
  });
  const said: string[] = [];
  const waiting = sayWhenSlow(work, { clock }, () => said.push('slow'));
  pass();
  await Promise.resolve();
  expect({ said, slept }).toEqual({ said: ['slow'], slept: [3000] });
  end('done');
  expect(await waiting).toBe('done');
});

it('says nothing of what is quick, and nothing of what fails', async () => {
  const said: string[] = [];
  const say = () => said.push('slow');
  expect(await sayWhenSlow(Promise.resolve(1), makeHeldClock(), say)).toBe(1);
  await expect(sayWhenSlow(Promise.reject(new Error('no')), makeHeldClock(), say)).rejects.toThrow('no');
  expect(said).toEqual([]);
});
