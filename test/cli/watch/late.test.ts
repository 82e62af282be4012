import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/kit.ts';
import { type Played, play } from './live-world.ts';

const START = Date.UTC(2025, 9, 1, 14, 25);
const runbook = { monitoring: { minutes: 20, criticalMinutes: 10 } };
const well = (): object => ({});
const playIt = (over: Partial<Played>) => play({ script: well, runbook, ...over });
type World = Awaited<ReturnType<typeof play>>;
const endsOf = ({ noted }: World) => noted.entriesOf('watch.ended').map(({ data }) => data);
const sinceOf = (second: number) => new Date(START + second * 1000).toISOString();

describe('E-116: a watch of a release whose monitoring is over', () => {
  it('begins it anew in its whole length, and completes the release', async () => {
    const first = await playIt({ stopsAt: 30 });
    expect(endsOf(first)).toEqual([]);
    const late = await playIt({ folder: first.folder, beginsAt: 3600 });
    expect(endsOf(late)).toMatchObject([{ state: 'complete', since: sinceOf(3600) }]);
    expect(late.result).toMatchObject({ exitCode: 0, verdict: 'healthy', result: { minutes: 20 } });
    expect(late.stderr().replace(/\s+/g, ' ')).toContain('users since 10:25:00; its monitoring begins anew');
  });

  it('F68: is gone on with when it was killed, to its own end', async () => {
    const first = await playIt({ stopsAt: 30 });
    const late = await playIt({ folder: first.folder, beginsAt: 3600, stopsAt: 3900 });
    const again = await playIt({ folder: late.folder, beginsAt: 3960 });
    expect(endsOf(again)).toMatchObject([{ state: 'complete', since: sinceOf(3600) }]);
    expect(again.result).toMatchObject({ result: { minutes: 14, gapMs: 59_000 } });
  });

  it('asks at each decision anew', async () => {
    const first = await playIt({ stopsAt: 30 });
    const decisions = { '3': 5, '4': 20 };
    const one = { roles: ['deployment-lead'], inputs: ['x'], outcomes: ['GO', 'NO-GO'], anchor: 'T_open' };
    const asked = Object.entries(decisions).map(([point, afterMinutes]) => [
      point,
      { ...one, title: `Point ${point}`, afterMinutes },
    ]);
    const decided = {
      ...runbook,
      decisions: { '1': asked[0]?.[1], '2': asked[0]?.[1], ...Object.fromEntries(asked) },
    };
    const late = await playIt({ folder: first.folder, beginsAt: 3600, runbook: decided });
    expect(late.stderr().match(/DECISION \d/g)).toEqual(['DECISION 3', 'DECISION 4']);
    expect(late.result).toMatchObject({ result: { decision3: 'ok', decision4: 'ok' } });
  });

  it('RBC-P0-2: what fired in the first one does not stand against it', async () => {
    const outage = (second: number) => (second > 60 && second < 300 ? new Error('nothing answers') : {});
    const first = await playIt({ script: outage });
    expect(first.result.exitCode).toBe(8);
    expect(endsOf(first)).toMatchObject([{ state: 'stopped', said: 'a rule called for a rollback' }]);
    const late = await playIt({ folder: first.folder, beginsAt: 3600 });
    expect(endsOf(late)).toMatchObject([{ state: 'complete' }]);
  });

  it('takes no longer than it is told to with --for, and completes nothing', async () => {
    const first = await playIt({ stopsAt: 30 });
    const late = await playIt({ folder: first.folder, beginsAt: 3600, order: { forMs: 600_000 } });
    expect(late.result).toMatchObject({ exitCode: 0, result: { minutes: 10 } });
    expect(endsOf(late)).toMatchObject([{ state: 'stopped', said: 'it ended before the monitoring did' }]);
  });

  it('says at its beginning when it comes too late to complete the release, and at its end what does', async () => {
    const first = await playIt({ stopsAt: 60 });
    const second = await playIt({ folder: first.folder, beginsAt: 600 });
    expect(second.stderr()).toContain(
      'this watch does not complete the release: nobody watched for 9 min 1 s. One after 10:45:00 can.',
    );
    expect(endsOf(second)).toMatchObject([
      { state: 'stopped', said: expect.stringMatching(/^nobody watched for 9 min/) },
    ]);
    expect(second.result.text).toContain('NOT COMPLETE   nobody watched for 9 min');
    expect(second.result.next).toEqual(['release watch --env production']);
  });

  it('tells the ledger until when it lasts', async () => {
    const { noted } = await playIt({ stopsAt: 60 });
    expect(noted.entriesOf('watch.begun').map(({ data }) => data)).toMatchObject([
      { version: 'v2.1.0', until: sinceOf(1200) },
    ]);
  });
});

describe('E-116: a watch whose end does not get into the ledger', () => {
  const away = new ReleaseError('E_LEDGER_WRITE', {
    what: 'The ledger cannot be written.',
    why: 'No answer for a minute.',
    next: 'Make room.',
    state: 'untouched',
  });

  it('says what, why and what next, and does not end with 0', async () => {
    const { result, stderr } = await playIt({
      note: (_, type) => (type === 'watch.ended' ? away : undefined),
    });
    expect(result).toMatchObject({
      exitCode: 1,
      verdict: 'healthy',
      result: { unrecorded: ['watch.ended'] },
    });
    expect(result.warnings).toEqual([
      '1 record of this watch did not get into the ledger, how it ended among them: release status and whoever comes next do not know of it. The ledger cannot be written. No answer for a minute. Make room.',
    ]);
    expect(stderr()).toContain('not in the ledger: The ledger cannot be written.');
  });

  it('is 8 all the same where a rule calls for a rollback', async () => {
    const { result } = await playIt({ script: () => new Error('nothing answers'), note: () => away });
    expect(result.exitCode).toBe(8);
    expect(result.warnings).toHaveLength(1);
  });

  it('loses nothing of a ledger that was away for a while: everything stands in it, in its order', async () => {
    const outage = (second: number) => (second > 60 && second < 150 ? new Error('nothing answers') : {});
    const { result, noted } = await playIt({
      script: outage,
      order: { failOn: 'P0' },
      note: (second) => (second < 600 ? away : undefined),
    });
    expect(result).toMatchObject({ result: { unrecorded: [] } });
    const types = (noted.store.scopes.get('rur2/production')?.events ?? []).map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(['watch.begun', 'watch.ended']);
  });
});

describe('E-78: a doubt which version is judged', () => {
  const both = (second: number, nth: number) =>
    second > 60 && second < 400 && nth % 2 === 0 ? '2.0.3' : '2.1.0';

  it('is not forgotten when the watch is killed and gone on with', async () => {
    const first = await playIt({ version: both, stopsAt: 300 });
    const again = await playIt({ folder: first.folder, beginsAt: 310 });
    expect(again.stderr()).toContain('more than one version answered, and nobody knows yet');
    expect(again.stderr()).toContain('only v2.1.0 answers again');
    expect(endsOf(again)).toMatchObject([
      { state: 'stopped', said: expect.stringMatching(/^both versions/) },
    ]);
  });

  it('stands until six answers in a row came of one version: instances take turns', async () => {
    const late = (second: number, nth: number) =>
      second > 60 && (second < 90 || nth % 6 === 0) ? '2.0.3' : '2.1.0';
    const { result, stderr } = await playIt({ version: late });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'inconclusive' });
    expect(stderr()).not.toContain('answers again');
  });

  it('stands in the record, for whoever replays it', async () => {
    const { result } = await playIt({ version: both });
    const { ticks } = result.result as { ticks: string };
    const marks = readFileSync(ticks, 'utf8').match(/"mark":"(doubt|sure)"/g);
    expect(marks).toEqual(['"mark":"doubt"', '"mark":"sure"']);
  });
});
