import { describe, expect, it } from 'vitest';
import { runStatus } from '../../../src/cli/look-back/run-status.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';
import { RUNBOOK } from './live-world.ts';
import { openThread } from './told-world.ts';

type Thread = Awaited<ReturnType<typeof openThread>>;

/** What `release status --why` says, so many seconds after users came. */
async function why(thread: Thread, second: number, runbook: object = {}): Promise<string> {
  const live = async () => ({ version: '2.1.0', latencyMs: 1 });
  const flags = { env: 'production' };
  const told = makeCliWorld({
    command: 'status',
    runbook: gitAlone({ ...RUNBOOK, ...runbook }),
    live,
    flags,
  });
  const clock = thread.clockAt(second);
  const wired = { ...told.wired, ledger: thread.ledger, clock };
  const { text } = await runStatus({ ...told.context, clock }, async () => wired, true);
  return text.slice(text.indexOf('production: why'));
}

const order = { forMs: 900_000 };
const severities = Object.fromEntries(
  ['P0', 'P1', 'P2', 'P3'].map((level) => [
    level,
    { title: level, who: 'on-call', startWithinMinutes: 5, doneWithinMinutes: 15 },
  ]),
);

describe('release status --why', () => {
  it('RBC-P0-1, E-21: of a rule that fired: the rule, its samples, its row of the runbook and its clocks', async () => {
    const thread = await openThread();
    const flaky = (s: number, path: string) => (path === '/pay' && s % 8 === 0 ? { status: 500 } : {});
    await thread.watch({ script: flaky, runbook: { severities } });
    const text = await why(thread, 400);
    expect(text).toMatch(/P0 {4}error-percent {2}GET \/pay {2}RBC-P0-1\n +\d+ of \d+, surely above [\d.]+ %/);
    expect(text).toContain('Failed requests; runbook row RBC-P0-1');
    expect(text).toMatch(/start within \d min( \d+ s)?, done within 1\d min/);
    expect(text).not.toContain('no rule calls');
  });

  it('SUC-02: of a rule that holds: the same, and that no rule calls for a rollback', async () => {
    const thread = await openThread();
    await thread.watch({ script: () => ({ ms: 150 }), order });
    const text = await why(thread, 960);
    expect(text).toContain('no rule calls for a rollback');
    expect(text).toMatch(
      /not well or not known: recorded at 10:3\d:\d\d, \d+ min( \d+ s)? ago, and nothing else since/,
    );
    expect(text).toMatch(
      /hold {2}endpoint-p95 {2}GET \/(pay|health) {2}SUC-02\n +150, \d+ samples, for 5 min/,
    );
    expect(text).toContain('P95; runbook row SUC-02');
    expect(text).toContain('the last watch ended: something was above its limit at its end');
  });

  it('SUC-01, E-99: of a rule that is not known: which source tells nothing, and which rows that leaves open', async () => {
    const thread = await openThread();
    const measurements = {
      probes: { source: 'probe', everySeconds: 10 },
      users: { source: 'app', everySeconds: 15 },
    };
    const services = { metrics: { routes: async () => Promise.reject(new Error('refused')) } };
    await thread.watch({ script: () => ({}), order, runbook: { measurements }, services });
    const text = await why(thread, 960);
    expect(text).toMatch(/hold {2}error-percent {2}not measured\n +users never answered\n/);
    expect(text).toContain(
      'Failed requests; leaves open SUC-01, RBC-P2-1, RBC-P1-1, RBC-P0-1 of the runbook',
    );
  });

  it('of nothing: that all was measured and well, and when that was; it never says so of a watch that nobody ran', async () => {
    const thread = await openThread();
    expect(await why(thread, 10)).toContain('no watch is on record: nothing is known of how it stands');
    await thread.watch({ script: () => ({}), order });
    const text = await why(thread, 960);
    expect(text).toMatch(
      /all that has to be known was measured, and nothing was above its limit: recorded at 10:26/,
    );
    expect(text).not.toContain('hold');
  });

  it('SUC-02: of what is above its limit and not for long enough: that it is, and not that all is well', async () => {
    const thread = await openThread();
    await thread.watch({ script: (s) => ({ ms: s >= 600 ? 150 : 20 }), order: { forMs: 840_000 } });
    const text = await why(thread, 850);
    expect(text).toContain('not well or not known: recorded at');
    expect(text).toContain('above a limit, not for long enough yet: endpoint-p95');
    expect(text).not.toContain('nothing was above its limit');
  });

  it('of two versions that answer: that nobody knows which one was judged', async () => {
    const thread = await openThread();
    const version = (s: number, nth: number) => (s >= 200 && nth % 2 === 0 ? '2.0.3' : '2.1.0');
    await thread.watch({ script: () => ({}), version, order: { forMs: 400_000 } });
    const text = await why(thread, 410);
    expect(text).toMatch(/not well or not known: recorded at .*\n {4}.*2\.0\.3/);
    expect(text).not.toContain('nothing was above its limit');
  });

  it('of a record without both, as older programs wrote it: that this is not known', async () => {
    const thread = await openThread();
    thread.at(60);
    const data = { version: 'v2.1.0', level: 'ok' as const, rules: [] };
    await thread.ledger.note('rur2/production', { id: 'old', run: 'w-old', type: 'watch.stood', data });
    expect(await why(thread, 90)).toContain('or in doubt, is not on record');
  });

  it('E-103: says how the last watch ended, and not how the one before did', async () => {
    const thread = await openThread();
    const { folder } = await thread.watch({ script: () => ({}), order });
    expect(await why(thread, 960)).toContain('the last watch ended: it ended before the monitoring did');
    await thread.watch({ script: () => ({}), folder, beginsAt: 960, stopsAt: 1200 });
    expect(await why(thread, 1300)).not.toContain('the last watch ended');
  });
});
