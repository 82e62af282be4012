import { describe, expect, it } from 'vitest';
import type { Finding, Waiver } from '../../src/domain/finding.ts';
import { waive } from '../../src/engine/waive.ts';
import { finding } from '../support/run-events.ts';

const NOW = new Date('2025-10-01T14:00:00Z');
const failed = finding('security.audit', { outcome: 'fail', said: '2 high', digest: 'two-high' });
const waiver: Waiver = { check: 'security.audit', by: 'Dana Ito', reason: '#12' };
const waivedBy = (one: Finding, ...waivers: Waiver[]) => waive(one, waivers, NOW).waived;

describe('a waiver', () => {
  it('is bound to the finding that it demotes', () => {
    expect(waivedBy(failed, waiver)).toEqual({ ...waiver, digest: 'two-high' });
  });

  it('given for one finding does not cover a different failure of the same check', () => {
    const bound = { ...waiver, digest: 'two-high' };
    expect(waivedBy(failed, bound)).toEqual(bound);
    expect(waivedBy({ ...failed, digest: 'three-high' }, bound)).toBeUndefined();
  });

  it('covers neither another check nor what needs none', () => {
    expect(waivedBy(finding('security.sarif', { outcome: 'fail' }), waiver)).toBeUndefined();
    for (const outcome of ['pass', 'warn', 'skip'] as const)
      expect(waivedBy({ ...failed, outcome }, waiver)).toBeUndefined();
  });

  it('demotes nothing after its time, and a later one still does', () => {
    const over = { ...waiver, until: '2025-10-01T13:59:59.999Z' };
    expect(waivedBy(failed, over)).toBeUndefined();
    expect(waivedBy(failed, over, { ...waiver, by: 'Sam Ortiz' })?.by).toBe('Sam Ortiz');
  });
});
