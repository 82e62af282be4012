import { expect, it } from 'vitest';
import type { EventData, EventType, LedgerEvent } from '../../src/ledger/event.ts';
import { foldPreparations } from '../../src/ledger/fold-preparations.ts';
import { planOf } from '../support/run-events.ts';

function event<T extends EventType>(
  type: T,
  seq: number,
  run: string,
  data: EventData[T],
  step?: string,
): LedgerEvent {
  const head = { v: 1, id: `${type}-${seq}`, scope: 'shop/x-prepare', run, seq, epoch: 1 };
  const at = `2026-11-2${seq}T13:00:00.000Z`;
  const origin = { at, host: 'h', actor: 'Dana Ito', tool: '0.1.0', p: '', h: '' };
  return { ...head, ...origin, type, data, ...(step === undefined ? {} : { step }) } as LedgerEvent;
}

/** A candidate that was pushed, on the day `2026-11-2<seq>`. */
const candidate = (seq: number, name: string, day?: string): LedgerEvent[] => {
  const request = { candidate: name, ...(day === undefined ? {} : { day, days: [] }) };
  const plan = { ...planOf(1), command: 'prepare' as const };
  const run = `r-${seq}`;
  return [
    event('run.planned', seq, run, { plan, request, configDigest: 'd' }),
    event('step.done', seq, run, { how: 'effect', done: { tag: 't' }, tookMs: 1 }, 'candidate'),
  ];
};
const planned = (seq: number, day: string) =>
  event('day.planned', seq, `day-${seq}`, { version: 'v2.1.0', day, days: [], by: 'Dana Ito' });

it('PRE-33: the day that was planned last counts, whether with a candidate or without', () => {
  const dayOf = (...events: LedgerEvent[][]) => foldPreparations(events.flat())[0]?.day;
  const first = candidate(3, 'v2.1.0-rc.1', '2026-12-08');
  expect(dayOf(first)).toBe('2026-12-08');
  expect(dayOf(first, [planned(4, '2026-12-10')])).toBe('2026-12-10');
  expect(dayOf(first, [planned(4, '2026-12-10')], candidate(5, 'v2.1.0-rc.2'))).toBe('2026-12-10');
  expect(dayOf(first, [planned(4, '2026-12-10')], candidate(5, 'v2.1.0-rc.2', '2026-12-15'))).toBe(
    '2026-12-15',
  );
});

it('PRE-33: T-7 is the day of the first candidate, however many follow', () => {
  const events = [...candidate(3, 'v2.1.0-rc.1'), ...candidate(5, 'v2.1.0-rc.2')];
  expect(foldPreparations(events)).toMatchObject([
    { candidate: 'v2.1.0-rc.2', at: '2026-11-25T13:00:00.000Z', since: '2026-11-23T13:00:00.000Z' },
  ]);
});

it('a day for what nobody prepared says nothing', () => {
  expect(foldPreparations([planned(4, '2026-12-10')])).toEqual([]);
});
