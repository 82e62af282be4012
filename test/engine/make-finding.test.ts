import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answered } from '../../src/engine/ask-check.ts';
import { makeFinding, makeSkipped } from '../../src/engine/make-finding.ts';
import type { Check, Policy } from '../../src/kit.ts';

const policy = { thresholds: { evidenceMinutes: 45 } } as unknown as Policy;
const check: Check = {
  id: 'database.pool-headroom',
  title: 'Pool below its ceiling',
  runbook: 'ENV-06',
  gates: ['preflight'],
  needs: [],
  probe: async () => undefined,
  judge: () => ({ outcome: 'pass', said: 'fine' }),
};
const AT = new Date('2025-10-01T13:30:00Z');
const answer: Answered = { outcome: 'fail', said: '9 of 10 in use', evidence: { used: 9, limit: 10 } };

const find = (answered: Answered, at = AT, durationMs = 12.4, of: Partial<Check> = {}) =>
  makeFinding({ ...check, ...of }, answered, { at, startMs: 3.6, durationMs }, policy);

describe('a finding', () => {
  it('E-03: says when it was found and how long it counts', () => {
    const { at, freshForMs, startMs, durationMs } = find(answer);
    expect({ at, freshForMs }).toEqual({ at: '2025-10-01T13:30:00.000Z', freshForMs: 45 * 60_000 });
    expect({ startMs, durationMs }).toEqual({ startMs: 4, durationMs: 12 });
    expect(find(answer, AT, 1, { freshForMs: 1000 }).freshForMs).toBe(1000);
  });

  it('has the digest of what was found, whenever and however long it was asked', () => {
    expect(find(answer, new Date('2026-01-01'), 999).digest).toBe(find(answer).digest);
    expect(find(answer).digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has another digest when check, outcome, words or evidence are others', () => {
    const others = [
      find({ ...answer, outcome: 'unknown' }),
      find({ ...answer, said: '10 of 10 in use' }),
      find({ ...answer, evidence: { used: 9, limit: 11 } }),
      find({ outcome: 'fail', said: '9 of 10 in use' }),
      find(answer, AT, 1, { id: 'database.connect' }),
    ].map((one) => one.digest);
    expect(new Set([...others, find(answer).digest]).size).toBe(6);
  });

  it('is the same as long as it is about the same, however its words measure', () => {
    const blocked = (said: string, about: string) => find({ ...answer, said, about }).digest;
    expect(blocked('pid 7 blocked for 48 s', 'pid 7')).toBe(blocked('pid 7 blocked for 51 s', 'pid 7'));
    expect(blocked('blocked', 'pid 7')).not.toBe(blocked('blocked', 'pid 8'));
  });

  it('takes any evidence, also what JSON cannot hold', () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    for (const evidence of [loop, { n: 1n }, () => 1, Symbol('x')])
      expect(find({ ...answer, evidence: evidence as never }).digest).toMatch(/^[0-9a-f]{64}$/);
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (evidence, said) => {
        expect(find({ ...answer, said, evidence: evidence as never }).digest).toMatch(/^[0-9a-f]{64}$/);
      }),
    );
  });

  it('of a check that a person left out says so', () => {
    expect(makeSkipped(check, AT, policy)).toMatchObject({
      outcome: 'skip',
      byHand: true,
      said: 'left out by --skip',
      durationMs: 0,
    });
  });
});
