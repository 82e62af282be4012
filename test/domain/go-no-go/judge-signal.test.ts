import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { monitoringSchema } from '../../../src/config/schema/gates.ts';
import {
  judgeSignal,
  type Phase,
  type Reading,
  type Signal,
} from '../../../src/domain/go-no-go/judge-signal.ts';

const { signals } = monitoringSchema.parse(
  parse(readFileSync('runbook.config.yaml', 'utf8'), { merge: true }).monitoring,
);
const LEVELS = ['ok', 'hold', 'P2', 'P1', 'P0'];
const PHASES: readonly Phase[] = ['critical', 'later'];

const signalOf = (name: string): Signal => {
  const found = signals[name];
  if (found === undefined) throw new Error(`the runbook has no signal ${name}`);
  return found;
};
const minutes = (count: number, value: number | undefined): Reading[] =>
  Array(count).fill({ value, samples: 1000 });
const levelOf = (name: string, readings: readonly Reading[], phase: Phase = 'critical') =>
  judgeSignal(signalOf(name), readings, phase).level;
const rank = (signal: Signal, readings: readonly Reading[], phase: Phase) =>
  LEVELS.indexOf(judgeSignal(signal, readings, phase).level);

/** Every band of the runbook with a value on its bound, one inside and one a hair outside. */
const BOUNDS = Object.entries(signals).flatMap(([name, signal]) =>
  signal.bands.flatMap((band) => {
    const bound = band.from ?? band.below ?? Number.NaN;
    const hair = bound * 1e-9;
    const [inside, outside] = band.from === undefined ? [bound - hair, bound] : [bound, bound - hair];
    const phases = PHASES.filter((phase) => band.during === undefined || band.during === phase);
    return phases.map((phase) => ({ name, signal, band, inside, outside, phase }));
  }),
);

describe('a signal of the running application', () => {
  it.each(BOUNDS)('$band.row: $name $phase: $band.level begins at its bound and with its minutes', (one) => {
    const { signal, band, inside, outside, phase } = one;
    const wanted = LEVELS.indexOf(band.level);
    const dwell = Math.max(1, band.dwellMinutes);
    expect(rank(signal, minutes(dwell, inside), phase)).toBeGreaterThanOrEqual(wanted);
    if (dwell > 1) expect(rank(signal, minutes(dwell - 1, inside), phase)).toBeLessThan(wanted);
    const milder = signal.bands.filter((other) => LEVELS.indexOf(other.level) === wanted).length > 1;
    if (!milder) expect(rank(signal, minutes(dwell, outside), phase)).toBeLessThan(wanted);
  });

  it.each([
    ['error-percent', 0.49, 60, 'critical', 'ok'],
    ['error-percent', 0.5, 60, 'critical', 'hold'],
    ['error-percent', 0.99, 60, 'later', 'ok'],
    ['error-percent', 1, 5, 'later', 'hold'],
    ['error-percent', 1, 15, 'later', 'P2'],
    ['p95-ratio', 1.5, 30, 'critical', 'ok'],
    ['p95-ratio', 1.1, 5, 'later', 'hold'],
    ['p95-ms', 199.9, 60, 'later', 'ok'],
    ['query-p95-ms', 99, 60, 'later', 'ok'],
    ['pool-percent', 100, 1, 'later', 'P1'],
    ['payment-success-percent', 100, 1, 'later', 'ok'],
    ['payment-success-percent', 98, 1, 'later', 'hold'],
    ['webhook-failure-percent', 0, 60, 'later', 'ok'],
    ['login-failure-percent', 100, 1, 'later', 'P1'],
    ['complaints', 4, 60, 'later', 'ok'],
    ['complaints', 10, 1, 'later', 'hold'],
    ['complaints', 11, 1, 'later', 'P2'],
  ] as const)('SUC-01: %s of %d for %i min, %s, is %s', (name, value, count, phase, level) => {
    expect(levelOf(name, minutes(count, value), phase)).toBe(level);
  });

  it('E-14: time in a worse band counts for every milder one', () => {
    expect(levelOf('error-percent', [...minutes(4, 6), ...minutes(6, 2)])).toBe('P1');
    expect(levelOf('error-percent', [...minutes(4, 9), ...minutes(1, 0.6)])).toBe('hold');
  });

  it.each([undefined, Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'SUC-01: %s was not measured: HOLD',
    (value) => {
      for (const name of Object.keys(signals)) expect(levelOf(name, minutes(60, value))).toBe('hold');
    },
  );

  it('E-17: too few samples are HOLD, never good and never a rollback', () => {
    const few = (value: number) => Array(60).fill({ value, samples: 19 });
    expect([100, 50, 0].map((value) => levelOf('payment-success-percent', few(value)))).toEqual(
      Array(3).fill('hold'),
    );
    expect(levelOf('payment-success-percent', [{ value: 0 }])).toBe('hold');
    expect(levelOf('payment-success-percent', [{ value: 0, samples: 20 }])).toBe('P0');
  });

  const anyReading = fc.record({
    value: fc.option(fc.oneof(fc.double(), fc.double({ min: 0, max: 120, noNaN: true })), { nil: undefined }),
    samples: fc.option(fc.integer({ min: -1, max: 50 }), { nil: undefined }),
  });
  const anySignal = fc.constantFrom(...Object.values(signals));
  const anyPhase = fc.constantFrom(...PHASES);

  it('SUC-01: has exactly one level for every input', () => {
    fc.assert(
      fc.property(anySignal, fc.array(anyReading, { maxLength: 40 }), anyPhase, (signal, readings, phase) => {
        const { level, row } = judgeSignal(signal, readings, phase);
        expect(LEVELS).toContain(level);
        if (level === 'ok') expect(Number.isFinite(readings.at(-1)?.value)).toBe(true);
        if (LEVELS.indexOf(level) > 1) expect(signal.bands.map((band) => band.row)).toContain(row);
      }),
    );
  });

  it('E-14: a minute that was worse never makes the level better', () => {
    const shares = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        anySignal,
        shares,
        fc.nat(),
        fc.double({ min: 0, max: 100, noNaN: true }),
        anyPhase,
        (signal, values, at, by, phase) => {
          const isLow = signal.bands.some((band) => band.below !== undefined);
          const worse = values.map((value, i) =>
            i === at % values.length ? Math.max(0, isLow ? value - by : value + by) : value,
          );
          const [before, after] = [values, worse].map((all) =>
            rank(
              signal,
              all.map((value) => ({ value, samples: 1000 })),
              phase,
            ),
          );
          expect(after).toBeGreaterThanOrEqual(before ?? 0);
        },
      ),
    );
  });
});
