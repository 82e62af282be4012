import { describe, expect, it } from 'vitest';
import { askCheck } from '../../src/engine/ask-check.ts';
import type { Check, Policy, Services } from '../../src/kit.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';

const TIDYING_MS = 2000;

/** A check that makes something, is cut off, and clears it away within two seconds. */
function makeWorld(change: Partial<Check>) {
  const time = new VirtualTime();
  const world = { isThere: false };
  const check: Check = {
    id: 'a.maker',
    title: 'Makes something',
    runbook: 'MIG-04',
    gates: ['preflight'],
    needs: [],
    timeoutMs: 5000,
    probe: async (_, { signal }) => {
      world.isThere = true;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await time.sleep(TIDYING_MS);
      world.isThere = false;
      throw new Error('cut off');
    },
    judge: () => ({ outcome: 'pass', said: 'never' }),
    ...change,
  };
  const ask = (signal = new AbortController().signal) => {
    const policy = { facts: {} } as unknown as Policy;
    const order = { services: {} as Services, policy, clock: time.clock(), signal };
    return time.drive(askCheck(check, order));
  };
  return { time, world, ask };
}

describe('a check that was cut off', () => {
  it('MIG-04: has its time to clear away what it made when its own time is over', async () => {
    const { world, ask } = makeWorld({ tidiesMs: 10_000 });
    expect(await ask()).toMatchObject({ outcome: 'unknown', said: 'no answer within 5 s' });
    expect(world.isThere).toBe(false);
  });

  it('MIG-04: has it also when somebody stops the gate', async () => {
    const { time, world, ask } = makeWorld({ tidiesMs: 10_000 });
    const stop = new AbortController();
    time.after(1000, () => stop.abort(new DOMException('stopped', 'AbortError')));
    expect(await ask(stop.signal)).toMatchObject({ outcome: 'unknown', said: 'stopped before it answered' });
    expect(world.isThere).toBe(false);
  });

  it('has no more of it than it asked for', async () => {
    const { time, world, ask } = makeWorld({ tidiesMs: TIDYING_MS - 1 });
    const started = time.clock().monotonic();
    await ask();
    expect(time.clock().monotonic() - started).toBe(5000 + TIDYING_MS - 1);
    expect(world.isThere).toBe(true);
  });

  it('has none when it did not ask for any', async () => {
    const { world, ask } = makeWorld({});
    await ask();
    expect(world.isThere).toBe(true);
  });
});
