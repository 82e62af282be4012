import { describe, expect, it } from 'vitest';
import { watchErrors } from '../../../src/cli/demo/watch-errors.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import type { RouteMinute } from '../../../src/services/metrics/port.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

const runbook = gitAlone({
  budgets: { fast: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 0 } },
  smoke: { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'fast', critical: true }] },
  rules: {
    'error-percent': {
      title: 'Share of failed requests',
      unit: 'percent',
      bands: [
        { level: 'hold', row: 'SUC-01', from: 0.5, dwellMinutes: 1 },
        { level: 'P2', row: 'RBC-P2-1', from: 1, dwellMinutes: 4 },
        { level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 3 },
      ],
    },
  },
});
const SPEED = 60;

/** An application that was measured before, and gives one more of these minutes (percent of 100) at each look. */
async function watch(percents: readonly (number | undefined)[], minutes: number, silentFirst = 0) {
  const world = makeCliWorld({ command: 'demo', runbook });
  const at = (nth: number): string => new Date(Date.UTC(2025, 9, 1, 14, nth)).toISOString();
  const measured = (nth: number, percent: number | undefined): RouteMinute => {
    const requests = percent === undefined ? 3 : 100;
    return { minute: at(nth), route: 'GET /health', version: '2.1.0', requests, errors: percent ?? 0 };
  };
  const old = [0, 1].map((nth) => measured(nth, 90));
  let looks = 0;
  let slept = 0;
  const routes = async (): Promise<readonly RouteMinute[]> => {
    looks += 1;
    const given = percents.slice(0, Math.max(0, looks - 1 - silentFirst));
    return [...old, ...given.map((percent, i) => measured(i + 2, percent))];
  };
  const clock = {
    ...world.context.clock,
    monotonic: () => slept,
    sleep: async (ms: number): Promise<void> => {
      slept += ms;
    },
  };
  const wired = { ...world.wired, services: { ...world.wired.services, metrics: { routes } } };
  const order = { version: 'v2.1.0', minutes, speed: SPEED };
  const ended = await watchErrors(order, { ...world.context, clock }, wired).then(
    (fired) => ({ fired: fired?.row, minutes: fired && fired.needMs / 60_000, code: undefined }),
    (error: unknown) => {
      if (!isReleaseError(error)) throw error;
      return { fired: undefined, minutes: undefined, code: error.code };
    },
  );
  return { ...ended, lines: world.stdout().trimEnd().split('\n'), slept: () => slept };
}

describe('watching the errors of a story', () => {
  it('RBC-P0-1: fires at the end of the dwell time and not a minute before', async () => {
    expect(await watch([20, 20, 20, 20], 4)).toMatchObject({ fired: 'RBC-P0-1', minutes: 3 });
    expect(await watch([20, 20, 20], 3)).toMatchObject({ fired: undefined, code: undefined });
    const { lines } = await watch([20, 20, 20, 20, 20], 9);
    expect(lines).toHaveLength(4);
    expect(lines[2]).toContain('P0: 2 of 3 min');
  });

  it('counts what was before it for nothing', async () => {
    expect(await watch([0, 0, 0], 3)).toMatchObject({ fired: undefined, code: undefined });
  });

  it('stays quiet at a rule that only holds, and after its time', async () => {
    expect(await watch([4, 0, 0], 3)).toMatchObject({ fired: undefined, code: undefined });
    expect((await watch([0, 0, 9, 9, 9], 2)).lines).toHaveLength(2);
  });

  it('says when a minute had too few requests to tell anything', async () => {
    const { lines } = await watch([0, 0, undefined, 0, 0], 5);
    expect(lines[2]).toContain('too few requests');
  });

  it('gives up with E_METRICS when no measurement comes at all', async () => {
    const { code, slept } = await watch([], 3);
    expect(code).toBe('E_METRICS');
    expect(slept()).toBeGreaterThan((60 * 60_000) / SPEED);
  });

  it('gives up as well when the measurements end in the middle', async () => {
    expect(await watch([0, 0], 20)).toMatchObject({ code: 'E_METRICS' });
  });

  it('waits for measurements that come late', async () => {
    expect(await watch([20, 20, 20, 20], 4, 200)).toMatchObject({ fired: 'RBC-P0-1' });
  });

  it('ends without an answer when it is stopped', async () => {
    const world = makeCliWorld({ command: 'demo', runbook });
    world.stop.request();
    const metrics = { routes: async () => [] };
    const wired = { ...world.wired, services: { ...world.wired.services, metrics } };
    const order = { version: 'v2.1.0', minutes: 3, speed: SPEED };
    expect(await watchErrors(order, world.context, wired)).toBeUndefined();
  });
});
