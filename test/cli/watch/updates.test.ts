import { describe, expect, it } from 'vitest';
import { openThread } from './told-world.ts';

const well = () => ({});
const down = new Error('nothing answers');
const UPDATE = /progress/;

/** `T+15` of every update. */
const minutesOf = (texts: readonly string[]): string[] =>
  texts.map((text) => /\(T\+(\d+) min\)/.exec(text)?.[1] ?? '?');

const lineOf = (text: string | undefined, label: string): string | undefined =>
  text?.split('\n').find((line) => line.startsWith(label));

describe('the updates of a watch', () => {
  it('COM-02a, COM-01g, COM-02b, COM-02f, E-95: come every quarter of an hour, in the thread of the release', async () => {
    const { watch, slack, texts } = await openThread();
    await watch({ script: well, order: { forMs: 1_900_000 } });
    expect(texts(UPDATE)).toHaveLength(2);
    expect(
      slack.messages.filter(({ marker }) => /update/.test(marker.step)).map(({ thread }) => thread),
    ).toEqual(['1.0', '1.0']);
    const [text] = texts(UPDATE);
    expect(text).toContain('Read at: 10:40 EDT');
    expect(texts(UPDATE).join()).not.toContain('Late:');
    // On track only once everything that has to be known is.
    expect(lineOf(text, 'Status')).toBe('Status: ✅ On track');
    expect(text).toContain('Everything that has to be measured is, and nothing is above its limit.');
  });

  it('COM-02b, COM-09f: something that calls is told at once, and every ten minutes after that', async () => {
    const { watch, texts } = await openThread();
    const script = (s: number, path: string, nth: number) =>
      path === '/pay' && s >= 200 && s < 2300 && nth % 60 === 0 ? { status: 500 } : {};
    const { lines } = await watch({ script, order: { forMs: 2_700_000, failOn: 'P0' } });
    const fired = lines.find(({ severity }) => severity === 'P2');
    const second = (Date.parse(String(fired?.fired_at)) - Date.parse('2025-10-01T14:25:00Z')) / 1000;
    const bad = texts(UPDATE).filter((text) => text.includes('Issue (P2): above a limit: error rate'));
    expect(bad.length).toBeGreaterThanOrEqual(3);
    expect(lineOf(bad[0], '• Read at')).toBe(
      `• Read at: ${new Date(Date.parse('2025-10-01T10:25:00Z') + second * 1000).toISOString().slice(11, 16)} EDT`,
    );
    expect(bad.join()).not.toContain('Late:');
  });

  it('COM-02b: a P0 is never on track, also when the watch ends with it', async () => {
    const { watch, texts } = await openThread();
    const { result } = await watch({ script: (s) => (s >= 60 ? down : {}) });
    expect(result.exitCode).toBe(8);
    for (const text of texts(UPDATE)) expect(text).not.toContain('On track');
  });

  it('E-103: one that Slack did not take is tried again, and says how late it is and when its numbers were read', async () => {
    const { watch, slack, texts } = await openThread();
    const script = (s: number) => {
      // Ten minutes in which Slack is away.
      if (s >= 890 && s < 1500) slack.failNext('releases', 'refused');
      return {};
    };
    const { stderr } = await watch({ script, order: { forMs: 1_600_000 } });
    const [text] = texts(UPDATE);
    expect(lineOf(text, 'Late')).toMatch(/^Late: due at 10:40 EDT, posted 1[01] min( \d+ s)? late$/);
    expect(lineOf(text, '• Read at')).toMatch(/10:5[01] EDT/);
    expect(stderr()).toMatch(/an update was posted in #releases; due at 10:40 EDT, posted/);
    expect(texts(UPDATE)).toHaveLength(1);
  });

  it('E-103: after a kill the next one waits for a minute of measurements, and says how late it is', async () => {
    const { watch, texts } = await openThread();
    const first = await watch({ script: well, stopsAt: 100 });
    expect(texts(UPDATE)).toEqual([]);
    await watch({ script: well, folder: first.folder, beginsAt: 1500, order: { forMs: 150_000 } });
    const [text] = texts(UPDATE);
    expect(lineOf(text, 'Late')).toMatch(/^Late: due at 10:40 EDT, posted 11 min( \d s)? late$/);
    expect(lineOf(text, '• Read at')).toBe('• Read at: 10:51 EDT');
    expect(text).toContain('Error rate: 0 %');
  });

  it('E-103: none is late before the first watch: nobody was promised one', async () => {
    const { watch, texts } = await openThread();
    const { stderr } = await watch({ script: well, beginsAt: 2068, order: { forMs: 1_000_000 } });
    const [first, second] = texts(UPDATE);
    expect(texts(UPDATE).join() + stderr()).not.toMatch(/Late:|late\b/);
    expect(lineOf(first, '• Read at')).toBe('• Read at: 11:00 EDT');
    expect(first).toContain('Error rate: 0 %');
    expect(lineOf(second, '• Read at')).toBe('• Read at: 11:15 EDT');
  });

  it('E-103: one that another machine’s watch owed is late for whoever goes on without its record', async () => {
    const { watch, texts } = await openThread();
    await watch({ script: well, stopsAt: 100 });
    await watch({ script: well, beginsAt: 1500, order: { forMs: 150_000 } });
    expect(lineOf(texts(UPDATE)[0], 'Late')).toMatch(/^Late: due at 10:40 EDT, posted 1[01] min/);
  });

  it('E-103: m posts now, and the next one is due a whole pace later', async () => {
    const { watch, texts } = await openThread();
    await watch({ script: well, keys: { 300: 'm', 1230: 'q' } });
    expect(minutesOf(texts(UPDATE))).toHaveLength(2);
    expect(texts(UPDATE).map((text) => lineOf(text, '• Read at'))).toEqual([
      '• Read at: 10:30 EDT',
      '• Read at: 10:45 EDT',
    ]);
  });

  it('COM-05g, COM-06: after a rollback they come every five minutes, in its thread, and nobody is asked to decide', async () => {
    const { watch, slack, texts } = await openThread('bot', ['rollback', 'v2.2.0']);
    await watch({ script: well, order: { forMs: 2_000_000 } });
    const updates = slack.messages.filter(({ marker }) => /update/.test(marker.step));
    expect(updates.map(({ channel, thread }) => `${channel} ${thread}`)).toEqual(
      Array.from({ length: 6 }, () => 'incidents 2.0'),
    );
    expect(texts(/Rollback to v2.1.0: progress/).map((text) => lineOf(text, 'Status'))).toContain(
      'Status: ✅ On track',
    );
    expect(texts(/Decision needed/)).toEqual([]);
  });

  it('E-95: a channel without threads hears them as messages of their own', async () => {
    const { watch, slack } = await openThread('webhook');
    await watch({ script: well, order: { forMs: 1_000_000 } });
    expect(slack.messages.map(({ channel, thread }) => [channel, thread])).toEqual([['releases', undefined]]);
  });
});
