import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import { findDetected } from '../../src/ledger/find-detected.ts';
import { planOf } from '../support/run-events.ts';

const at = (minute: number): string => new Date(Date.UTC(2025, 9, 1, 14, minute)).toISOString();
let nth = 0;
const event = (type: string, minute: number, data: object): LedgerEvent => {
  nth += 1;
  return {
    type,
    at: at(minute),
    data,
    id: `e${nth}`,
    run: type === 'run.planned' ? 'r-1' : 'w-1',
  } as LedgerEvent;
};
const version = 'v2.1.0';
const brought = (minute: number) =>
  event('run.planned', minute, { plan: { ...planOf(2), version }, request: {}, configDigest: 'd' });
const fired = (minute: number, severity: string, rule = 'errors') =>
  event('watch.changed', minute, {
    version,
    change: { rule, severity, fired_at: at(minute), at: at(minute) },
  });
const declared = (minute: number, severity: string, more: object = {}) =>
  event('watch.noted', minute, { version, text: 'x', by: 'Dana', severity, ...more });

const detected = (severity: string, ...events: LedgerEvent[]) => findDetected(events, version, severity);

describe('E-21: when it was detected that a version has to go', () => {
  it('RBC-P0: is when the first rule fired that still calls', () => {
    expect(detected('P0', brought(0), fired(20, 'P0'), fired(25, 'P0', 'down'))).toBe(at(20));
  });

  it('is not when something milder fired than what is rolled back for', () => {
    expect(detected('P0', brought(0), fired(20, 'P1'), fired(25, 'P0', 'down'))).toBe(at(25));
    expect(detected('P1', brought(0), fired(20, 'P1'), fired(25, 'P0', 'down'))).toBe(at(20));
  });

  it('RBC-P0-5, RBC-P0-6, E-118: is when people declared what no rule sees, until they take it back', () => {
    const note = declared(10, 'P0');
    expect(detected('P0', brought(0), note, fired(20, 'P0'))).toBe(at(10));
    expect(detected('P0', brought(0), note, declared(12, 'P3', { resolves: note.id }))).toBeUndefined();
  });

  it('is nothing of an earlier time of the same version, nor of another one', () => {
    expect(detected('P0', fired(5, 'P0'), brought(10))).toBeUndefined();
    expect(findDetected([brought(0), fired(20, 'P0')], 'v9.9.9', 'P0')).toBeUndefined();
  });

  it('is no later than the ledger has it, although the watch of a sandbox has a clock that runs ahead', () => {
    const ahead = event('watch.changed', 20, {
      version,
      change: { rule: 'errors', severity: 'P0', fired_at: at(26), at: at(26) },
    });
    expect(detected('P0', brought(0), ahead)).toBe(at(20));
  });

  it('is not known where nothing calls any more', () => {
    const calm = event('watch.changed', 30, {
      version,
      change: { rule: 'errors', severity: 'ok', at: at(30) },
    });
    expect(detected('P0', brought(0), fired(20, 'P0'), calm)).toBeUndefined();
  });
});
