import { describe, expect, it } from 'vitest';
import { firings } from './live-world.ts';
import { openThread } from './told-world.ts';

const down = new Error('nothing answers');
const INCIDENT = /^🚨/;

describe('incidents of a watch', () => {
  it('COM-02b, COM-09a, COM-09b, COM-09c: people are told at once, with what was read, and nothing is promised that ends here', async () => {
    const { watch, texts, events } = await openThread();
    const { result } = await watch({ script: (s) => (s >= 60 ? down : {}) });
    const [text, ...more] = texts(INCIDENT);
    expect([result.exitCode, more]).toEqual([8, []]);
    expect(text).toMatch(/^🚨 P0: v2\.1\.0 on production, failed-probes\n/);
    expect(text).toContain('Detected at: Wed 1 Oct 10:28 EDT');
    expect(text).toContain('Issue: Outage: 1; runbook row RBC-P0-2');
    expect(text).toContain('Updates: none: the watch ends with this; release watch --env production goes on');
    expect(events('watch.told').map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ template: 'incident', level: 'P0', channels: ['incidents'] }),
    );
    // The thread of the release hears of it as well, also when the watch ends with it.
    expect(texts(/progress/).at(-1)).toContain(
      'Status: 🚨 Critical issue (P0): above a limit: failed-probes',
    );
  });

  it('COM-09f: promises updates where the watch goes on, and tells of one incident once', async () => {
    const { watch, texts } = await openThread();
    const again = (s: number) => ((s >= 10 && s < 140) || (s >= 160 && s < 300) ? down : {});
    const { lines } = await watch({ script: again, keys: { 300: 'q' } });
    expect(firings(lines).filter((one) => one.startsWith('P0'))).toHaveLength(2);
    const [text, ...more] = texts(INCIDENT);
    expect(more).toEqual([]);
    expect(text).toContain('Updates: every 10 minutes in the thread of the release, #releases');
  });

  it('COM-09a: tells of what is graver than what was told, and of what fires more than an hour later', async () => {
    const { watch, texts } = await openThread();
    const weak = (s: number, path: string, nth: number) =>
      path === '/pay' && s < 760 && nth % 25 === 0 ? { status: 500 } : {};
    const script = (s: number, path: string, nth: number) =>
      (s >= 760 && s < 900) || s >= 4550 ? down : weak(s, path, nth);
    // Nothing that is told of happens in the hour in between.
    await watch({ script, sleepsAt: 930, sleepsForMs: 3_600_000, keys: { 4700: 'q' } });
    expect(texts(INCIDENT).map((text) => text.slice(0, 5))).toEqual(
      ['🚨 P1:', '🚨 P0:', '🚨 P0:'].map((one) => one.slice(0, 5)),
    );
  });

  it('COM-09a: a watch that goes on does not tell of the same one again', async () => {
    const { watch, texts } = await openThread();
    const first = await watch({ script: (s) => (s >= 60 ? down : {}), keys: { 200: 'q' } });
    await watch({ script: () => down, folder: first.folder, beginsAt: 300, keys: { 450: 'q' } });
    expect(texts(INCIDENT)).toHaveLength(1);
  });

  it('COM-09a: of two watches at once one tells', async () => {
    const { watch, texts } = await openThread();
    const script = () => down;
    await Promise.all(
      [10, 70].map((beginsAt) => watch({ script, beginsAt, keys: { [beginsAt + 400]: 'q' } })),
    );
    expect(texts(INCIDENT)).toHaveLength(1);
  });

  it('COM-09a: what a watch took upon itself to tell and never did is told by another, five minutes later', async () => {
    const { watch, texts, ledger } = await openThread();
    const data = { version: 'v2.1.0', name: 'incident' };
    const id = 'r-past-1:incident:P0:after:none:1';
    await ledger.note('rur2/production', { id, run: 'r-gone', type: 'watch.telling', data });
    await watch({ script: (s) => (s >= 10 ? down : {}), keys: { 280: 'q' } });
    expect(texts(INCIDENT)).toEqual([]);
    await watch({ script: () => down, beginsAt: 300, keys: { 700: 'q' } });
    expect(texts(INCIDENT)).toHaveLength(1);
  });

  it('is told again until Slack takes it', async () => {
    const { watch, slack, texts } = await openThread();
    const script = (s: number) => {
      if (s < 200) slack.failNext('incidents', 'refused');
      return s >= 20 ? down : {};
    };
    const { stderr } = await watch({ script, keys: { 280: 'q' } });
    expect(stderr()).toContain('an incident was not told: Slack #incidents was not reached');
    expect(texts(INCIDENT)).toHaveLength(1);
  });

  it('RBC-P0-2: a rollback that was ordered tells of itself', async () => {
    const { watch, texts } = await openThread();
    const { stderr } = await watch({ script: (s) => (s >= 60 ? down : {}), order: { autoRollback: 'P0' } });
    expect(stderr()).toContain('--auto-rollback P0: rolling back');
    expect(texts(INCIDENT)).toEqual([]);
  });
});
