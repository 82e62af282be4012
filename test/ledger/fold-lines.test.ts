import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import { foldRuns } from '../../src/ledger/fold.ts';
import { foldLines, placeLines } from '../../src/ledger/fold-lines.ts';
import { planOf } from '../support/run-events.ts';

const DATA = {
  'run.planned': { plan: planOf(2), request: {}, configDigest: 'd' },
  'run.paused': { after: 'merge', said: 'stopped' },
  'run.finished': { verdict: 'failed', said: 'so' },
  'run.abandoned': { reason: 'given up' },
  'lock.acquired': {},
  'lock.released': { outcome: 'done' },
  'step.done': { how: 'effect', done: {}, tookMs: 1 },
} as const;

const told = fc.record({
  type: fc.constantFrom(...(Object.keys(DATA) as (keyof typeof DATA)[])),
  run: fc.constantFrom('r-1', 'r-2', 'r-3'),
  minute: fc.nat(59),
  isLate: fc.boolean(),
});
const asEvent = ({ type, run, minute, isLate }: typeof told extends fc.Arbitrary<infer T> ? T : never) => {
  const at = `2025-10-01T13:${String(minute).padStart(2, '0')}:00.000Z`;
  const was = { at: at.replace('T13', 'T11'), host: 'away', actor: 'ben', tool: '0' };
  const step = type === 'step.done' ? { step: 'merge' } : {};
  const event = { type, run, at, actor: 'ana', host: 'here', epoch: 1, data: DATA[type], ...step };
  return { ...event, ...(isLate ? { was } : {}) } as unknown as LedgerEvent;
};

describe('lines of a record', () => {
  it('say of each run what the whole fold says, also when they are gone on with from any entry', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 30 }), fc.nat(30), (list, cut) => {
        const events = list.map(asEvent);
        const first = JSON.parse(JSON.stringify(foldLines(events.slice(0, cut))));
        const lines = placeLines(foldLines(events.slice(cut), first));
        const whole = foldRuns(events).map(({ plan, ...run }) => {
          const { configDigest: _, request: __, entries: ___, facts: ____, tool: _____, ...line } = run;
          const { command, version, from, env } = plan;
          return { ...line, plan: { command, version, from, env } };
        });
        expect(lines).toEqual(whole);
      }),
    );
  });
});
