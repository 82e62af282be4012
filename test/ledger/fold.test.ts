import { describe, expect, it } from 'vitest';
import { gate } from '../../src/kit.ts';
import type { LedgerEvent, NewEvent } from '../../src/ledger/event.ts';
import { findLive, findOpenRun, foldRun, foldRuns } from '../../src/ledger/fold.ts';
import { planOf } from '../support/engine/plan-of.ts';

const PLAN = planOf([gate('smoke', 'Smoke')]);
let minute = 0;

/** An event as the ledger gives it back, a minute after the one before. */
function event<T extends NewEvent['type']>(
  type: T,
  data: object,
  change: Partial<LedgerEvent> = {},
): LedgerEvent {
  minute += 1;
  const at = new Date(Date.UTC(2025, 9, 1, 14, minute)).toISOString();
  return { run: 'r-1', type, data, at, actor: 'ana', host: 'laptop', epoch: 1, ...change } as LedgerEvent;
}
const planned = (change: object = {}, run = 'r-1') =>
  event('run.planned', { plan: { ...PLAN, ...change }, request: { by: 'x' }, configDigest: 'd' }, { run });
const intent = (step: string, attempt = 1) =>
  event('step.intent', { attempt, key: 'k', inputDigest: 'i' }, { step });
const finished = (verdict: string, run = 'r-1') => event('run.finished', { verdict, said: 'so' }, { run });

describe('the fold of a run', () => {
  it('is empty without a plan, whatever else stands there', () => {
    expect(foldRuns([event('lock.acquired', {}), event('approval.recorded', {})])).toEqual([]);
    expect(foldRun([], 'r-1')).toBeUndefined();
  });

  it('holds the plan, the request, and who began it where and when', () => {
    const start = planned();
    expect(foldRun([start], 'r-1')).toMatchObject({
      plan: PLAN,
      request: { by: 'x' },
      configDigest: 'd',
      actor: 'ana',
      host: 'laptop',
      startedAt: start.at,
      end: 'open',
      entries: {},
    });
  });

  it('is in doubt about an intent without an end, and keeps its first time through every attempt', () => {
    const first = intent('act');
    const failed = event('step.failed', { code: 'E_X', said: 'no', state: 'partly-done' }, { step: 'act' });
    const second = intent('act', 2);
    const doubt = event('step.doubt', { said: '?' }, { step: 'act' });
    const events = [planned(), first, failed, second, doubt];
    expect(foldRun(events.slice(0, 3), 'r-1')?.entries.act).toMatchObject({
      state: 'failed',
      firstAt: first.at,
      attempts: 1,
    });
    expect(foldRun(events, 'r-1')?.entries.act).toEqual({
      state: 'intent',
      firstAt: first.at,
      at: second.at,
      attempts: 2,
      epoch: second.epoch,
    });
  });

  it('turns what a step answered into a fact, and times it from its last intent', () => {
    const begun = intent('act');
    const data = { how: 'effect', done: { id: 'b-1' }, tookMs: 5 };
    const run = foldRun([planned(), begun, event('step.done', data, { step: 'act' })], 'r-1');
    expect(run?.facts).toEqual({ act: { id: 'b-1' } });
    expect(run?.entries.act).toMatchObject({ state: 'done', startedAt: begun.at });
  });

  it('counts how often a gate said no', () => {
    const said = (call: string) =>
      event('gate.decided', { gate: 'smoke', call, counts: {}, because: ['a.b'] }, { step: 'gate.smoke' });
    const events = [planned(), said('no-go'), said('hold'), said('go')];
    expect(foldRun(events.slice(0, 3), 'r-1')?.entries['gate.smoke']).toMatchObject({
      state: 'failed',
      attempts: 2,
      said: 'a.b',
    });
    expect(foldRun(events, 'r-1')?.entries['gate.smoke']).toMatchObject({
      state: 'done',
      done: { call: 'go' },
    });
  });

  it.each([
    ['paused', event('run.paused', { after: 'act', said: 'so' })],
    ['failed', finished('failed')],
  ])('is open again without an end when a %s run is taken up', (end, last) => {
    const events = [planned(), last, event('lock.acquired', {}, { epoch: 2 })];
    expect(foldRun(events.slice(0, 2), 'r-1')).toMatchObject({ end, said: 'so', endedAt: last.at });
    const again = foldRun(events, 'r-1');
    expect(again).toMatchObject({ end: 'open', said: '' });
    expect(again).not.toHaveProperty('endedAt');
  });

  it('stays ended once it is completed or abandoned', () => {
    for (const last of [finished('completed'), event('run.abandoned', { reason: 'so' })]) {
      const again = foldRun([planned(), last, event('lock.takeover', {})], 'r-1');
      expect(again?.end).toBe(last.type === 'run.abandoned' ? 'abandoned' : 'completed');
    }
  });
});

describe('the fold of a scope', () => {
  it('finds the newest run that can go on; a later run closes the door behind an earlier one', () => {
    const half = [planned(), finished('failed')];
    expect(findOpenRun(foldRuns(half))).toMatchObject({ run: 'r-1' });
    const back = [...half, planned({ command: 'rollback' }, 'r-2')];
    expect(findOpenRun(foldRuns(back))).toMatchObject({ run: 'r-2' });
    expect(findOpenRun(foldRuns([...back, finished('completed', 'r-2')]))).toBeUndefined();
    expect(findOpenRun([])).toBeUndefined();
  });

  it.each([
    ['deploy', 'v2.1.0'],
    ['rollback', 'v2.1.0'],
    ['smoke', undefined],
    ['prepare', undefined],
  ])('takes the version of a completed %s for live: %s', (command, version) => {
    expect(findLive(foldRuns([planned({ command }), finished('completed')]))?.version).toBe(version);
    expect(findLive(foldRuns([planned({ command }), finished('failed')]))).toBeUndefined();
  });
});
