import { describe, expect, it } from 'vitest';
import type { CliContext } from '../../../src/cli/context.ts';
import type { LiveOrder } from '../../../src/cli/watch/live-order.ts';
import { runLive } from '../../../src/cli/watch/run-live.ts';
import type { Tty } from '../../../src/cli/watch/screen/take-terminal.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { firings, play } from './live-world.ts';

const down = new Error('nothing answers');
const critical = {
  title: 'A critical endpoint fails',
  unit: 'number',
  bands: [{ level: 'P1', row: 'RBC-P1-3', from: 3, dwellMinutes: 0 }],
};
const outage = {
  title: 'Outage',
  unit: 'number',
  since: 'live',
  bands: [{ level: 'P0', row: 'RBC-P0-2', from: 1, dwellMinutes: 2 }],
};
const runbook = { rules: { 'failed-critical-probes': critical, 'failed-probes': outage } };

const ORDER: LiveOrder = {
  ...{ wanted: undefined, forMs: undefined, everySeconds: undefined, failOnIsTyped: false },
  ...{ failOn: 'P1', autoRollback: 'P0', once: false, rules: undefined },
};

describe('release watch --auto-rollback', () => {
  it('RBC-P0-2: waits for the P0 that it was ordered for, although a P1 fires first', async () => {
    const script = (s: number) => (s >= 600 ? down : {});
    const { result, lines, stderr } = await play({ script, runbook, order: { autoRollback: 'P0' } });
    expect(firings(lines)).toEqual(['P1 failed-critical-probes@602', 'P0 failed-probes@720']);
    expect(stderr()).toContain('--auto-rollback P0: rolling back to previous');
    expect(result.result.fired).toMatchObject({ severity: 'P0' });
  });

  it('RBC-P0-2: says at the end how long was watched, however long the rollback takes after it', async () => {
    const script = (s: number) => (s >= 600 ? down : {});
    const command = (context: CliContext, wired: Wired, tty: Tty) => {
      let goesBack = false;
      const note = (text: string): void => {
        goesBack ||= text.includes('rolling back');
        context.out.note(text);
      };
      const liveVersion = async () => {
        if (goesBack) await wired.clock.sleep(900_000);
        return { version: '2.1.0', latencyMs: 1 };
      };
      const services = { ...wired.services, host: { ...wired.services.host, liveVersion } };
      const slow = { ...wired, services };
      return runLive(ORDER, { ...context, out: { ...context.out, note } }, slow, slow, tty);
    };
    const { result } = await play({ script, runbook, command });
    expect(result.result).toMatchObject({ minutes: 12, rollback: null });
    expect(result.text).toMatch(/\+12:0\d ROLL BACK \(P0\)/);
  });

  it('RBC-P0-2, E-33: after a rollback it never goes to the version that was left', async () => {
    const script = (s: number) => (s >= 600 ? down : {});
    const past = [
      ['deploy', 'v2.0.3', 'v2.1.0'],
      ['deploy', 'v2.1.0', 'v2.2.0'],
      ['rollback', 'v2.2.0', 'v2.1.0'],
    ] as const;
    const { stderr, result } = await play({ script, runbook, past, order: { autoRollback: 'P0' } });
    expect(stderr()).toContain('--auto-rollback P0: rolling back to v2.0.3');
    expect(JSON.stringify([stderr(), result.next])).not.toContain('v2.2.0');
  });

  it('RBC-P1-3: answers 8 for a P1 under it all the same, at the end', async () => {
    const script = (s: number) => (s >= 600 && s < 660 ? down : {});
    const { result, stderr } = await play({ script, runbook, order: { autoRollback: 'P0', forMs: 900_000 } });
    expect([result.exitCode, result.result.minutes]).toEqual([8, 15]);
    expect(stderr()).not.toContain('rolling back');
  });

  it('RBC-P1-3: rolls back for a P1, where only a P0 would fail the watch', async () => {
    const script = (s: number) => (s >= 600 ? down : {});
    const order = { failOn: 'P0', autoRollback: 'P1' } as const;
    const { result, stderr } = await play({ script, runbook, order });
    expect(stderr()).toContain('--auto-rollback P1: rolling back to previous');
    expect(result.result.fired).toMatchObject({ severity: 'P1' });
  });

  it('RBC-P0-2: ends without a rollback, as soon as another version is live', async () => {
    let second = 0;
    const script = (s: number) => {
      second = s;
      return s >= 600 ? down : {};
    };
    const liveVersion = async () => ({ version: second >= 715 ? '2.2.0' : '2.1.0', latencyMs: 1 });
    const services = { host: { liveVersion } };
    const { result, stderr } = await play({ script, runbook, services, order: { autoRollback: 'P0' } });
    expect([result.exitCode, result.verdict]).toEqual([3, 'inconclusive']);
    expect(result.text).toContain('ENDED   another version is live: v2.2.0');
    expect(stderr()).not.toContain('rolling back');
  });

  it('E-78: goes on when an old instance answers once, says so, and is unknown until it is gone', async () => {
    let second = 0;
    const script = (s: number) => {
      second = s;
      return {};
    };
    // Every third answer is an old one, for four minutes.
    let asked = 0;
    const liveVersion = async () => {
      asked += 1;
      return { version: second >= 60 && second < 300 && asked % 3 === 0 ? '2.0.3' : '2.1.0', latencyMs: 1 };
    };
    const order = { forMs: 600_000 };
    const { result, stderr } = await play({ script, runbook, order, services: { host: { liveVersion } } });
    expect(result.result.minutes).toBe(10);
    expect(stderr()).toContain('? 1 of 3 answers came from v2.0.3: nobody knows which version is judged');
    expect(stderr()).toContain('? only v2.1.0 answers again');
    expect(stderr()).toMatch(/03:00 UNKNOWN(.|\n)*08:00 HEALTHY/);
  });

  it('ends within half a minute of another version, with nothing wrong', async () => {
    let second = 0;
    const script = (s: number) => {
      second = s;
      return {};
    };
    const liveVersion = async () => ({ version: second >= 100 ? 'v2.2.0' : '2.1.0', latencyMs: 1 });
    const { result } = await play({ script, runbook, services: { host: { liveVersion } } });
    expect([result.exitCode, result.result.minutes]).toEqual([3, 2]);
  });

  it('RBC-P0-2: a source that hangs and cannot be cut off keeps no rollback waiting', async () => {
    const measurements = {
      probes: { source: 'probe', everySeconds: 1 },
      lag: { source: 'sql', everySeconds: 15, metric: 'job-lag-seconds', sql: 'select 1' },
    };
    const services = { postgres: { readNumber: () => new Promise<number>(() => undefined) } };
    const script = (s: number) => (s >= 60 ? down : {});
    const order = { autoRollback: 'P0' } as const;
    const { stderr } = await play({ script, runbook: { ...runbook, measurements }, services, order });
    expect(stderr()).toContain('--auto-rollback P0: rolling back to previous');
  });
});
