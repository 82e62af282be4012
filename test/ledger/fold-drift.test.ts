import { describe, expect, it } from 'vitest';
import type { EventData, LedgerEvent } from '../../src/ledger/event.ts';
import { foldDrift, listBaselines } from '../../src/ledger/fold-drift.ts';

const now = new Date('2026-11-24T15:00:00Z');
let minute = 0;
function event<T extends keyof EventData>(type: T, data: EventData[T], run = `r-${minute}`): LedgerEvent {
  minute += 1;
  const at = new Date(Date.UTC(2026, 10, 20, 10, minute)).toISOString();
  return { type, data, at, run, actor: 'Dana Ito' } as LedgerEvent;
}
const accept = (run: string, until?: string) =>
  event(
    'drift.accepted',
    {
      reason: 'why',
      state: { code: { [run]: '' } },
      version: 'v1.0.0',
      commit: '',
      ...(until ? { until } : {}),
    },
    run,
  );
const check = (call: 'clean' | 'drifted' | 'unknown', digest = 'd') =>
  event('drift.checked', { call, changes: [], unknown: [], baseline: '', digest });
const alert = (digest: string, ...channels: string[]) => event('drift.alerted', { digest, channels });
const baseline = (events: readonly LedgerEvent[], at = now) => foldDrift(events, at).baseline?.run;

describe('the baseline', () => {
  it('E-64: is moved by an acceptance alone: a look that found drift does not move it', () => {
    const events = [accept('first'), check('drifted'), check('clean'), check('unknown')];
    expect(baseline(events)).toBe('first');
    expect(baseline([...events, accept('second')])).toBe('second');
    expect(baseline([])).toBeUndefined();
  });

  it('E-64: falls back to the one before when an acceptance has lapsed', () => {
    const events = [accept('first'), accept('for-now', '2026-11-25T04:59:59.999Z')];
    expect(baseline(events)).toBe('for-now');
    expect(baseline(events, new Date('2026-11-25T04:59:59.999Z'))).toBe('for-now');
    expect(baseline(events, new Date('2026-11-25T05:00:00.000Z'))).toBe('first');
  });

  it('E-64: an end that cannot be read has passed', () => {
    expect(baseline([accept('first'), accept('odd', 'some day')])).toBe('first');
  });

  it('E-64: can be named by its run, also one that has lapsed', () => {
    const events = [accept('first'), accept('old', '2026-11-01T00:00:00.000Z'), accept('second')];
    expect(foldDrift(events, now, ({ run }) => run === 'old').baseline?.run).toBe('old');
    expect(listBaselines(events).map(({ run }) => run)).toEqual(['first', 'old', 'second']);
  });

  it('E-64: counts what releases did to the schema from its own moment on', () => {
    const moved = (version: string) => event('drift.schema-moved', { version, moves: {} });
    const events = [moved('v1.0.0'), accept('first'), moved('v2.0.0'), moved('v3.0.0')];
    expect(foldDrift(events, now).moves.map(({ version }) => version)).toEqual(['v2.0.0', 'v3.0.0']);
  });
});

describe('who was told', () => {
  const told = (...events: LedgerEvent[]) => foldDrift(events, now).told;

  it('DRF-03: stays known while the same set is found day after day', () => {
    expect(told(check('drifted'), alert('d', 'devops'), check('drifted'), check('drifted'))).toEqual({
      digest: 'd',
      channels: ['devops'],
    });
  });

  it('DRF-03: adds a channel that was reached later', () => {
    expect(told(alert('d', 'devops'), check('drifted'), alert('d', 'sre'))?.channels).toEqual([
      'devops',
      'sre',
    ]);
  });

  it('DRF-03: is forgotten when the set is another one, or when it was mended in between', () => {
    expect(told(alert('d', 'devops'), check('drifted', 'e'))).toBeUndefined();
    expect(told(alert('d', 'devops'), check('clean', 'none'), check('drifted', 'd'))).toBeUndefined();
  });

  it('DRF-03: is not forgotten because a look could not see', () => {
    expect(told(alert('d', 'devops'), check('unknown', 'none'))).toEqual({
      digest: 'd',
      channels: ['devops'],
    });
  });
});

it('DRF-08: the last look is remembered with what it found', () => {
  const events = [check('clean'), check('drifted')];
  expect(foldDrift(events, now).last).toEqual({ at: events[1]?.at, call: 'drifted', changes: [] });
});
