import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, Outcome } from '../../src/domain/finding.ts';
import { judgeFindings } from '../../src/domain/verdict.ts';
import { finding } from '../support/run-events.ts';

const CALLS = ['go', 'hold', 'no-go'];
const rank = (findings: readonly Finding[], skipped: readonly string[] = []): number =>
  CALLS.indexOf(judgeFindings(findings, skipped).call);
const waived = { check: 'a.b', by: 'Sam Example', reason: 'known' };

const outcome = fc.constantFrom<Outcome>('pass', 'warn', 'fail', 'skip', 'unknown');
const anyFinding = fc
  .record({
    id: fc.constantFrom('a.one', 'a.two', 'b.one', 'b.two'),
    outcome,
    weight: fc.constantFrom('blocker' as const, 'advisory' as const),
    holds: fc.boolean(),
    isWaived: fc.boolean(),
  })
  .map(({ id, isWaived, holds, ...rest }) =>
    finding(id, {
      ...rest,
      ...(holds && rest.outcome === 'fail' ? { holds } : {}),
      ...(isWaived ? { waived } : {}),
    }),
  );
const isAnswer = (one: Finding): boolean => one.outcome !== 'skip';
/** Where somebody looked at something. */
const some = fc.array(anyFinding, { minLength: 1 }).filter((findings) => findings.some(isAnswer));

describe('the verdict over findings', () => {
  it('GO-10: any findings have exactly one verdict, and a go has no open blocker in it', () => {
    fc.assert(
      fc.property(fc.array(anyFinding), (findings) => {
        const { call, because } = judgeFindings(findings);
        expect(CALLS).toContain(call);
        const isOpen = (one: Finding) =>
          one.weight === 'blocker' && !one.waived && (one.outcome === 'fail' || one.outcome === 'unknown');
        if (call === 'go') expect([findings.some(isOpen), because.length]).toEqual([false, 0]);
      }),
    );
  });

  it('NG-08: one more failed blocker is NO-GO, whatever the rest says', () => {
    fc.assert(
      fc.property(some, (findings) => rank([...findings, finding('c.bad', { outcome: 'fail' })]) === 2),
    );
  });

  it('GO-10: one more finding never makes the verdict better', () => {
    fc.assert(
      fc.property(some, anyFinding, (findings, more) => {
        expect(rank([...findings, more])).toBeGreaterThanOrEqual(rank(findings));
      }),
    );
  });

  it('GO-10: what is not known is never a go', () => {
    fc.assert(
      fc.property(some, (findings) => rank([...findings, finding('c.dark', { outcome: 'unknown' })]) > 0),
    );
  });

  it('GO-05: a fail that people decide about is HOLD, and NO-GO beside one that nobody may decide about', () => {
    const open = finding('parity.likeness', { outcome: 'fail', holds: true });
    expect(judgeFindings([open]).call).toBe('hold');
    expect(judgeFindings([open]).because).toEqual([open]);
    expect(judgeFindings([open, finding('a.b', { outcome: 'fail' })]).call).toBe('no-go');
    expect(judgeFindings([{ ...open, waived }]).call).toBe('go');
  });

  it('GO-10: findings of which none is an answer are no GO', () => {
    const left = finding('a.one', { outcome: 'skip', byHand: true, weight: 'advisory' });
    const notHere = finding('a.two', { outcome: 'skip' });
    expect(judgeFindings([left], ['a.one'])).toEqual({ call: 'hold', because: [left] });
    expect(judgeFindings([notHere])).toEqual({ call: 'hold', because: [notHere] });
    expect(judgeFindings([notHere, finding('b.one')]).call).toBe('go');
  });

  it('a waiver demotes the finding that it names and no other', () => {
    fc.assert(
      fc.property(some, fc.nat(), (findings, at) => {
        const index = at % findings.length;
        const others = findings.filter((_, i) => i !== index);
        const after = findings.map((one, i) => (i === index ? { ...one, waived } : one));
        expect(rank(after)).toBeLessThanOrEqual(rank(findings));
        if (others.some(isAnswer)) expect(rank(after)).toBe(rank(others));
      }),
    );
  });

  it('NG-08: no findings are NO-GO, because nobody looked', () => {
    expect(judgeFindings([]).call).toBe('no-go');
  });
});
