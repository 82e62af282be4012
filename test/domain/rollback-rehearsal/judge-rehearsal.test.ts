import { describe, expect, it } from 'vitest';
import {
  judgeRehearsal,
  type RehearsalQuestion,
} from '../../../src/domain/rollback-rehearsal/judge-rehearsal.ts';
import type { RollbackRehearsal } from '../../../src/domain/rollback-rehearsal/rollback-rehearsal.ts';

const COMMIT = 'b'.repeat(40);
const record: RollbackRehearsal = {
  from: 'v2.1.0',
  to: 'v2.0.3',
  commit: COMMIT,
  target: 'c'.repeat(40),
  data: 'down',
  configDigest: 'digest',
  migrations: 'm',
  outcome: 'proven',
  because: '',
  tookMs: 9000,
  estimateMs: 250_000,
  severity: 'P0',
  limitMs: 900_000,
  parts: [],
};
const at = '2025-10-01T09:00:00.000Z';
const ask = (
  over: Partial<RollbackRehearsal> = {},
  { hours = 3, runSince }: { hours?: number; runSince?: string } = {},
  question: Partial<RehearsalQuestion> = {},
) =>
  judgeRehearsal({
    from: 'v2.1.0',
    to: 'v2.0.3',
    commit: COMMIT,
    configDigest: 'digest',
    now: new Date(Date.parse(at) + hours * 3_600_000),
    found: { record: { ...record, ...over }, at, ...(runSince === undefined ? {} : { runSince }) },
    ...question,
  });

describe('what a recorded rehearsal says about a release', () => {
  it('PRE-32: is proven for just this commit and configuration, with its age and the time it would take', () => {
    expect(ask()).toEqual({
      is: 'proven',
      said: 'rollback from v2.1.0 to v2.0.3 (rollback scripts) proven 3 h ago; it would take about 4 min 10 s of 15 min',
    });
  });

  it.each([
    ['another commit', ask({ commit: 'd'.repeat(40) }), 'last rehearsed 3 h ago, of another commit, ddddddd'],
    ['another configuration', ask({ configDigest: 'other' }), 'with another configuration'],
    [
      'an environment that was changed since',
      ask({}, { runSince: 'r-1' }),
      'before r-1 changed the environment',
    ],
    ['more than two days', ask({}, { hours: 48.1 }), 'longer ago than 48 h'],
    ['no answer', ask({ outcome: 'unknown', because: 'database: Neon refused' }), 'database: Neon refused'],
  ])('is open where the record is of %s', (_what, answer, said) => {
    expect(answer).toEqual({ is: 'open', said: expect.stringContaining(said) });
  });

  it('is open where it was never rehearsed', () => {
    const now = new Date(at);
    const { said } = judgeRehearsal({
      from: 'v2.1.0',
      to: 'v2.0.3',
      commit: COMMIT,
      configDigest: 'digest',
      now,
    });
    expect(said).toBe('rollback from v2.1.0 to v2.0.3 was never rehearsed');
  });

  it('still counts at the end of its two days', () => {
    expect(ask({}, { hours: 48 }).is).toBe('proven');
  });

  it('is refuted where just this went wrong, and not where another commit did', () => {
    const wrong = { outcome: 'not-proven', because: 'database: a column is left' } as const;
    expect(ask(wrong)).toEqual({ is: 'refuted', said: expect.stringContaining('a column is left') });
    expect(ask({ ...wrong, commit: 'd'.repeat(40) }).is).toBe('open');
  });
});
