import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findStandingWaivers, foldFindings } from '../../src/ledger/fold-findings.ts';
import { recordFindings } from '../../src/ledger/recorded-finding.ts';
import { finding } from '../support/run-events.ts';

describe('the record of a finding', () => {
  it('holds what a later reader needs, and its words', () => {
    const evidence = { used: 9 };
    const one = finding('a.one', { outcome: 'fail', remedy: 'Mend it.', evidence, holds: true });
    expect(recordFindings([one])).toEqual([
      {
        check: 'a.one',
        outcome: 'fail',
        at: one.at,
        freshForMs: one.freshForMs,
        digest: one.digest,
        said: one.said,
        remedy: 'Mend it.',
        evidence,
        holds: true,
      },
    ]);
  });

  it('leaves out what a person left out, which is no answer', () => {
    expect(recordFindings([finding('a.one', { outcome: 'skip', byHand: true })])).toEqual([]);
    expect(recordFindings([finding('a.one', { outcome: 'skip' })])).toHaveLength(1);
  });

  it('cuts long words and drops large evidence, and says so', () => {
    const [words, large] = recordFindings([
      finding('a.one', { said: 'x'.repeat(2000) }),
      finding('a.two', { evidence: 'y'.repeat(5000) }),
    ]);
    expect(words).toMatchObject({ cut: true, said: 'x'.repeat(400) });
    expect(large).toMatchObject({ cut: true });
    expect(large).not.toHaveProperty('evidence');
  });

  it('of a gate stays small however much its checks say, and keeps every outcome', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: 3000 }), (count, length) => {
        const many = Array.from({ length: count }, (_, i) =>
          finding(`a.n${i}`, { said: 's'.repeat(length), digest: 'f'.repeat(64) }),
        );
        const records = recordFindings(many);
        expect(records).toHaveLength(count);
        expect(JSON.stringify(records).length).toBeLessThanOrEqual(Math.max(128_000, count * 250));
      }),
      { numRuns: 40 },
    );
  });
});

type Fold = Parameters<typeof foldFindings>;

const decided = (findings: Fold[0] | undefined, change: Record<string, unknown> = {}) =>
  ({
    type: 'gate.decided',
    data: {
      gate: 'preflight',
      call: 'go',
      counts: {},
      because: [],
      version: 'v2.1.0',
      digest: 'd1',
      findings,
      ...change,
    },
  }) as unknown as Fold[0][number];
const subject = { gate: 'preflight', version: 'v2.1.0', digest: 'd1' };
const record = (check: string, change: Record<string, unknown> = {}) =>
  ({ ...recordFindings([finding(check)])[0], ...change }) as never;

describe('recorded findings', () => {
  it('fold to the newest of each check on one commit, configuration, version and gate', () => {
    const events = [
      decided([record('a.one', { said: 'first' }), record('b.two')]),
      decided([record('a.one', { said: 'second' })], { part: true }),
      decided([record('a.one', { said: 'elsewhere' })], { digest: 'd2' }),
      decided([record('a.one', { said: 'elsewhere' })], { version: 'v2.2.0' }),
      decided([record('a.one', { said: 'elsewhere' })], { gate: 'drift' }),
      decided(undefined),
    ];
    const known = foldFindings(events, subject);
    expect([...known.keys()]).toEqual(['a.one', 'b.two']);
    expect(known.get('a.one')?.said).toBe('second');
  });

  it('E-03: are none from before a deploy or a rollback, which has changed what they are about', () => {
    const step = { type: 'step.done', data: {} } as unknown as Fold[0][number];
    const before = decided([record('a.one'), record('b.two')]);
    expect([...foldFindings([before, step], subject).keys()]).toEqual([]);
    expect([...foldFindings([before, step, decided([record('b.two')])], subject).keys()]).toEqual(['b.two']);
  });

  it('hold the waivers that stand until a date, the newest first, also for the next commit of the version', () => {
    const waived = (by: string, until?: string) => ({
      waived: { check: 'a.one', by, reason: 'r', digest: 'x', ...(until ? { until } : {}) },
    });
    const events = [
      decided([record('a.one', waived('Dana', '2025-10-15T00:00:00Z'))]),
      decided([record('a.one', waived('Sam', '2025-10-16T00:00:00Z'))], { digest: 'd2' }),
      decided([record('a.one', waived('for this run'))]),
      decided([record('a.one', waived('elsewhere', '2025-10-16T00:00:00Z'))], { version: 'v2.2.0' }),
      decided(undefined),
    ];
    expect(findStandingWaivers(events, subject).map(({ by }) => by)).toEqual(['Sam', 'Dana']);
  });
});
