import { readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firings, play, RUNBOOK, START } from './live-world.ts';

const down = new Error('nothing answers');

/** What takes two hours needs no look every second: these are enough for a P95 of five minutes. */
const SELDOM = { everySeconds: 4 };

/** Two hours in which all is well, played once for whoever only reads what came of it. */
let well: ReturnType<typeof play> | undefined;
const playWell = (): ReturnType<typeof play> => {
  well ??= play({ script: () => ({}), order: SELDOM });
  return well;
};
/** Half an hour of them, likewise. */
let partly: ReturnType<typeof play> | undefined;
const playPart = (): ReturnType<typeof play> => {
  partly ??= play({ script: () => ({}), order: { forMs: 1_800_000 } });
  return partly;
};

describe('release watch', () => {
  it('MON-01, MON-14, SUC-01: two hours in which all is well are healthy', async () => {
    const { result, lines, stderr } = await playWell();
    expect([result.exitCode, result.verdict]).toEqual([0, 'healthy']);
    expect(firings(lines)).toEqual([]);
    expect(result.result).toMatchObject({ minutes: 120, decision3: 'ok', decision4: 'ok' });
    expect(stderr()).toContain('+30:00 HEALTHY err=0.00%');
  });

  it('RBC-P0-2: an outage of two minutes is P0, and the watch ends with 8', async () => {
    const { result, lines } = await play({ script: (s) => (s >= 60 ? down : {}) });
    expect([result.exitCode, result.verdict]).toEqual([8, 'rollback']);
    expect(firings(lines)).toEqual(['hold failed-probes@60', 'P0 failed-probes@180']);
    expect(result.next[0]).toBe('release rollback --to previous --env production');
  });

  it('RBC-P0-1, M10: 12 % of errors at a critical endpoint fire five minutes after the first', async () => {
    const flaky = (s: number, path: string) =>
      path === '/pay' && s >= 600 && s % 8 === 0 ? { status: 500 } : {};
    const { lines } = await play({ script: flaky });
    const [last] = firings(lines).slice(-1);
    expect(last).toMatch(/^P0 error-percent@(90\d|91\d)$/);
  });

  it('RBC-P1-1: an endpoint at 4 % are P1 after ten minutes; P2 before that ends nothing', async () => {
    const weak = (s: number, path: string, nth: number) =>
      path === '/pay' && s >= 2400 && nth % 25 === 0 ? { status: 500 } : {};
    const { result, lines } = await play({ script: weak, beginsAt: 1800 });
    expect(result.exitCode).toBe(8);
    expect(firings(lines).at(-1)).toMatch(/^P1 error-percent@3[01]\d\d$/);
  });

  it('RBC-P2-1: what clears in time leaves the watch healthy', async () => {
    const script = (s: number, path: string, nth: number) =>
      path === '/pay' && s >= 2000 && s < 3200 && nth % 60 === 0 ? { status: 500 } : {};
    const { result, lines } = await play({ script });
    expect(firings(lines).map((one) => one.split('@')[0])).toEqual(['P2 error-percent']);
    expect([result.exitCode, result.result.decision4]).toEqual([0, 'ok']);
  });

  it('SUC-02, PER-01: an endpoint over its budget holds after five minutes', async () => {
    const { result, lines } = await play({
      script: (s) => ({ ms: s >= 600 ? 150 : 20 }),
      order: { forMs: 1_000_000 },
    });
    expect(firings(lines)[0]).toMatch(/^hold endpoint-p95@9\d\d$/);
    expect([result.exitCode, result.verdict]).toEqual([3, 'evaluate']);
  });

  it('E-24: says at once which percentile an interval never shows', async () => {
    const p95 = {
      ...{ title: 'P95', metric: 'p95-ms', unit: 'ms', percentile: 95 },
      bands: [{ level: 'hold', row: 'SUC-02', from: 200, dwellMinutes: 5 }],
    };
    const runbook = { rules: { 'all-p95': p95 } };
    const begin = async (everySeconds: number) =>
      (await play({ script: () => ({}), runbook, order: { everySeconds, forMs: 600_000 } })).stderr();
    const said = '? all-p95 will not be known: probes has 50 times in five minutes, and it needs 59';
    expect(await begin(12)).toContain(said);
    expect(await begin(10)).not.toContain('will not be known');
  });

  it('F68: a killed watch is gone on with, the gap is seen, and no time of before is bridged', async () => {
    const script = (s: number) => (s >= 590 ? down : {});
    const first = await play({ script, stopsAt: 650 });
    expect([first.result.exitCode, firings(first.lines)]).toEqual([130, ['hold failed-probes@590']]);
    const second = await play({ script, folder: first.folder, beginsAt: 900 });
    expect(second.stderr()).toContain('GAP   nobody watched for 4 min 9 s');
    // The two minutes begin again: 901, and not 590, is when this watch has seen the first failure.
    expect(firings(second.lines)).toEqual(['hold failed-probes@901', 'P0 failed-probes@1021']);
    expect(second.result.result).toMatchObject({ gapMs: 249_000 });
  });

  it('F68: what goes sixty times as fast was away for sixty times as long', async () => {
    const script = (): object => ({});
    const first = await play({ script, speed: 60, stopsAt: 650 });
    const away = 10;
    const wroteAt = (START + (660 - away) * 1000) / 1000;
    utimesSync(String(first.result.result.ticks), wroteAt, wroteAt);
    const second = await play({
      ...{ script, speed: 60, folder: first.folder, beginsAt: 660, order: { forMs: 60_000 } },
    });
    expect(second.result.result.gapMs).toBe(away * 60_000);
    expect(second.stderr()).toContain('GAP   nobody watched for 10 min');
  });

  it('F68: a machine that slept has not watched: no time is bridged', async () => {
    const script = (s: number) => (s >= 590 ? down : {});
    const { lines, stderr } = await play({ script, sleepsAt: 600 });
    expect(stderr()).toContain('GAP   nobody watched for 10 min');
    const late = firings(lines).filter((one) => one.startsWith('P0'));
    expect(late).toEqual([expect.stringMatching(/^P0 failed-probes@132\d$/)]);
  });

  it('goes on with a record of a clock that ran ahead, and fires two minutes after it saw the outage', async () => {
    const first = await play({ script: () => ({}), beginsAt: 3600, stopsAt: 3660 });
    const second = await play({ script: (s) => (s >= 300 ? down : {}), folder: first.folder, beginsAt: 240 });
    const [hold, fired] = firings(second.lines).map((one) => Number(one.split('@')[1]));
    expect([(fired ?? 0) - (hold ?? 0), (hold ?? 0) > 3660]).toEqual([120, true]);
  });

  it('says the same twice, to the byte, of the same release', async () => {
    const script = (s: number, path: string) => (path === '/pay' && s % 7 === 0 ? { status: 503 } : {});
    const texts = await Promise.all(
      [1, 2].map(async () => readFileSync(join((await play({ script })).folder, 'changes.jsonl'), 'utf8')),
    );
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).toContain('RBC-P0-1');
  });

  it('is inconclusive when a source that is needed falls silent', async () => {
    const measurements = {
      probes: { source: 'probe', everySeconds: 1 },
      pool: { source: 'sql', everySeconds: 15, metric: 'pool-percent', sql: 'select 1' },
    };
    const pool = {
      title: 'Pool',
      unit: 'percent',
      bands: [{ level: 'P1', row: 'MON-04', from: 100, dwellMinutes: 0 }],
    };
    let asked = 0;
    const readNumber = async (): Promise<number> => {
      asked += 1;
      if (asked > 20) throw new Error('gone');
      return 10;
    };
    const { result, lines } = await play({
      script: () => ({}),
      order: { forMs: 1_200_000 },
      runbook: { measurements, rules: { 'pool-percent': pool } },
      services: { postgres: { readNumber } },
    });
    expect([result.exitCode, result.verdict]).toEqual([3, 'inconclusive']);
    expect(result.text).toContain('? pool fell silent: pool-percent');
    expect(lines.at(-1)).toMatchObject({ severity: 'hold', rule: 'pool-percent', knowledge: 'unknown' });
  });

  it('SUC-01: is inconclusive when a source of the configuration never answered, and says which', async () => {
    const measurements = {
      probes: { source: 'probe', everySeconds: 10 },
      users: { source: 'app', everySeconds: 15 },
    };
    const routes = async () => Promise.reject(new Error('refused'));
    const { result, lines } = await play({
      script: () => ({}),
      order: { forMs: 900_000 },
      runbook: { measurements },
      services: { metrics: { routes } },
    });
    expect([result.exitCode, result.verdict]).toEqual([3, 'inconclusive']);
    expect(result.text).toContain('? users never answered: error-percent, endpoint-p95');
    expect(lines.at(-1)).toMatchObject({ severity: 'hold', knowledge: 'unknown' });
  });

  it('E-15: a watch that goes on compares with what the first one captured, and says when that was nothing', async () => {
    const prom = { source: 'prometheus', everySeconds: 15, url: 'http://prom.example', metric: 'p95-ms' };
    const ratio = {
      ...{ title: 'P95', metric: 'p95-ms', unit: 'ms', against: 'baseline' },
      bands: [{ level: 'P1', row: 'RBC-P1-2', from: 3, dwellMinutes: 0 }],
    };
    const runbook = { measurements: { prom: { ...prom, query: 'p95' } }, rules: { 'p95-ratio': ratio } };
    const story = (before: number | undefined) => {
      const asked: unknown[] = [];
      const ask = async ({ at }: { at?: number }) => {
        if (at !== undefined) asked.push(at);
        const value = at === undefined ? 299 : before;
        return value === undefined ? [] : [{ labels: {}, value }];
      };
      const same = { script: () => ({}), runbook, services: { prometheus: { ask } } };
      return { asked, same, order: { forMs: 60_000 } };
    };
    const { asked, same, order } = story(100);
    const first = await play({ ...same, order });
    const second = await play({ ...same, order, folder: first.folder, beginsAt: 120 });
    expect(asked).toHaveLength(1);
    expect(second.result.result.rules).toMatchObject([{ knowledge: 'measured', value: 2.99 }]);
    const none = story(undefined);
    const began = await play({ ...none.same, order });
    expect(began.stderr()).toContain('▲ no baseline, so p95-ratio stays unknown: nobody measured it before');
    const on = await play({ ...story(100).same, order, folder: began.folder, beginsAt: 120 });
    expect(on.stderr()).toContain('p95-ratio stays unknown: the record of the first watch has none');
    expect([on.result.exitCode, on.result.text]).toEqual([
      3,
      expect.stringContaining('? no baseline of what'),
    ]);
  });

  it('takes one look with --once, and says that it proves no rule of minutes', async () => {
    const { result } = await play({ script: () => ({}), order: { once: true } });
    expect([result.exitCode, result.text]).toEqual([
      3,
      expect.stringContaining('cannot prove a 5-minute rule'),
    ]);
  });

  it('RBC-P0, E-21: what calls stands in the ledger with its two clocks, for whoever asks why', async () => {
    const runbook = {
      severities: Object.fromEntries(
        ['P0', 'P1', 'P2', 'P3'].map((level) => [
          level,
          { title: level, who: 'on-call', startWithinMinutes: 5, doneWithinMinutes: 15 },
        ]),
      ),
    };
    const { noted } = await play({ script: (s) => (s >= 600 ? down : {}), runbook });
    const [changed] = noted.entriesOf('watch.changed').slice(-1);
    expect(changed?.data).toMatchObject({
      version: 'v2.1.0',
      change: {
        ...{ severity: 'P0', row: 'RBC-P0-2', fired_at: '2025-10-01T14:37:00.000Z' },
        ...{ start_by: '2025-10-01T14:42:00.000Z', done_by: '2025-10-01T14:52:00.000Z' },
      },
    });
  });

  it('CMP-02, E-116: two hours in which all is well complete the release; half an hour does not', async () => {
    const whole = await playWell();
    expect(whole.noted.entriesOf('watch.ended')[0]?.data).toMatchObject({ state: 'complete' });
    const part = await playPart();
    expect(part.noted.entriesOf('watch.ended')[0]?.data).toMatchObject({ state: 'stopped' });
  });

  it('HOO-05: half an hour leaves what it measured as well; one that could not say anything leaves nothing', async () => {
    const part = await playPart();
    const [{ data: kept } = { data: {} }] = part.noted.entriesOf('watch.ended');
    expect(kept).toMatchObject({ state: 'stopped', verdict: 'healthy', figures: expect.any(Object) });
    const blind = await play({ script: () => ({}), order: { forMs: 1000 } });
    const [{ data: none } = { data: {} }] = blind.noted.entriesOf('watch.ended');
    expect(none).toMatchObject({ state: 'stopped', verdict: 'inconclusive' });
    expect(none).not.toHaveProperty('figures');
  });

  it('CMP-02, E-116: a watch that slept for ten minutes completes nothing, and says why', async () => {
    const { noted } = await play({ script: () => ({}), sleepsAt: 600, order: SELDOM });
    expect(noted.entriesOf('watch.ended')[0]?.data).toMatchObject({
      ...{ state: 'stopped', said: expect.stringContaining('nobody watched for 10 min') },
    });
  });

  it('CMP-02, E-116: a source that fell silent for a part of it completes nothing, though it tells again by the end', async () => {
    let asked = 0;
    const readNumber = async (): Promise<number> => {
      asked += 1;
      if (asked > 20 && asked < 60) throw new Error('nothing answers');
      return 1;
    };
    const lag = { source: 'sql', everySeconds: 60, metric: 'job-lag-seconds', sql: 'select 1' };
    const bands = [{ level: 'hold', row: 'EXT-06', from: 300, dwellMinutes: 5 }];
    const { noted, result } = await play({
      ...{ script: () => ({}), order: SELDOM, services: { postgres: { readNumber } } },
      runbook: {
        measurements: { ...RUNBOOK.measurements, lag },
        rules: { ...RUNBOOK.rules, 'job-lag-seconds': { title: 'Lag', unit: 's', bands } },
      },
    });
    expect(asked).toBeGreaterThan(60);
    expect(result.text).toContain('NOT COMPLETE   lag fell silent in it');
    expect(noted.entriesOf('watch.ended')[0]?.data).toMatchObject({
      ...{ state: 'stopped', said: 'lag fell silent in it' },
    });
  });

  it('DP-3a, DP-3b, DP-3c, DP-4a, DP-4c: says each point of decision when it comes, and what was measured', async () => {
    const decisions = Object.fromEntries(
      [1, 2, 3, 4].map((point) => [
        point,
        {
          ...{
            title: `Question ${point}`,
            roles: ['deployment-lead'],
            inputs: ['x'],
            outcomes: ['SUCCESS', 'ROLLBACK'],
          },
          ...{ anchor: 'T_open', afterMinutes: point === 3 ? 30 : 120 },
        },
      ]),
    );
    const slow = (s: number) => ({ ms: s >= 1000 && s < 3000 ? 150 : 20 });
    const roles = { 'deployment-lead': { title: 'Lead' } };
    const { stderr } = await play({
      script: slow,
      beginsAt: 900,
      order: SELDOM,
      runbook: { decisions, roles },
    });
    expect(stderr()).toContain(
      'DECISION 3   Question 3\n       deployment-lead: SUCCESS or ROLLBACK\n       HOLD: not SUCCESS',
    );
    expect(stderr()).toContain('DECISION 4   Question 4');
    expect(stderr()).toContain('nothing measured speaks against SUCCESS');
  });
});
