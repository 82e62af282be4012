import { describe, expect, it } from 'vitest';
import { judgeTrial, type Rehearsal } from '../../../checks/migrations/rehearsal/judge-trial.ts';
import type { Trial, TriedFile } from '../../../checks/migrations/rehearsal/trial.ts';
import { reversibleOf } from '../../../checks/migrations/rehearsal/try-out.ts';
import check from '../../../checks/migrations/rehearsal.check.ts';
import type { HeldLock } from '../../../src/domain/measured-migration.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const LONGEST_MS = 3000;

const tried = (tag: string, ...locks: HeldLock[]): TriedFile => ({
  tag,
  first: {
    tookMs: 12,
    inTransaction: true,
    tables: [{ table: 'notes', locks, rewritten: false, read: 0, written: 0 }],
  },
  rows: { notes: 2000 },
});
const rehearsal = (trial: Partial<Trial> = {}, over: Partial<Rehearsal> = {}): Rehearsal => ({
  branch: 'rehearsal/v2.1.0-until-x',
  trial: { files: [tried('0042_due')], problems: [], oneWay: [], before: 'a', after: 'b', ...trial },
  removed: [],
  left: [],
  ...over,
});
const judge = (one: Rehearsal) => judgeTrial(one, LONGEST_MS);

describe('the judgement of a rehearsal', () => {
  it('MIG-01, HOP-04: passes, says what each file does, and keeps the measured times as evidence', () => {
    expect(judge(rehearsal())).toEqual({
      outcome: 'pass',
      said: '0042_due is instant (12 ms); up, down and up again alike',
      evidence: {
        branch: 'rehearsal/v2.1.0-until-x',
        files: [{ tag: '0042_due', cost: 'instant', tookMs: 12, lockedMs: 0 }],
        before: 'a',
        after: 'b',
      },
      about: ['a', 'b', []],
    });
  });

  it.each([
    [LONGEST_MS, 'pass'],
    [LONGEST_MS + 1, 'warn'],
  ])('MIG-01: with users waiting for %i ms it is a %s', (heldMs, outcome) => {
    const files = [tried('0042_due', { mode: 'AccessExclusiveLock', heldMs })];
    expect(judge(rehearsal({ files })).outcome).toBe(outcome);
  });

  it('MIG-01: does not warn about a long lock that keeps nobody waiting', () => {
    const files = [tried('0042_fill', { mode: 'RowExclusiveLock', heldMs: 600_000 })];
    expect(judge(rehearsal({ files })).outcome).toBe('pass');
  });

  it('takes the slower of the two times that a file went up', () => {
    const again = { tookMs: 40, inTransaction: true, tables: [] };
    const files = [{ ...tried('0042_due', { mode: 'ShareLock', heldMs: 5 }), again }];
    expect(judge(rehearsal({ files })).evidence).toMatchObject({ files: [{ tookMs: 40, lockedMs: 5 }] });
  });

  it.each(['up', 'down', 'again', 'data'] as const)('E-51: fails for a problem on the way "%s"', (stage) => {
    expect(judge(rehearsal({ problems: [{ stage, said: 'it broke' }] }))).toMatchObject({
      outcome: 'fail',
      said: 'it broke',
      remedy: expect.stringMatching(/\w/),
    });
  });

  it('has the same digest for the same problem, whatever it measured', () => {
    const slow = [tried('0042_due', { mode: 'ShareLock', heldMs: 77 })];
    expect(judge(rehearsal({ files: slow })).about).toEqual(judge(rehearsal()).about);
  });

  it('MIG-10: warns when nothing can be taken back', () => {
    expect(judge(rehearsal({ oneWay: ['0042_due'] }))).toMatchObject({
      outcome: 'warn',
      said: '0042_due is instant (12 ms); 0042_due cannot be taken back',
    });
  });

  it('MIG-04: names what it deleted of a killed rehearsal, and warns about what it could not delete', () => {
    expect(judge(rehearsal({}, { removed: ['rehearsal/x'] }))).toMatchObject({
      outcome: 'pass',
      said: expect.stringMatching(/; deleted what a killed rehearsal left: rehearsal\/x$/),
    });
    expect(judge(rehearsal({}, { left: ['rehearsal/y'] }))).toMatchObject({
      outcome: 'warn',
      remedy: 'Delete in the Neon console: rehearsal/y.',
    });
  });

  it('tells three of many files, and keeps evidence that the ledger has room for', () => {
    const files = Array.from({ length: 40 }, (_, i) =>
      tried(`${1000 + i}_${'long-name-'.repeat(5)}`, { mode: 'AccessExclusiveLock', heldMs: 1 }),
    );
    const { said, evidence } = judge(rehearsal({ files }));
    expect(said).toMatch(/; 37 more; up, down and up again alike$/);
    expect(JSON.stringify(evidence).length).toBeLessThanOrEqual(2000);
  });
});

describe('what a rehearsal is about', () => {
  const file = (tag: string, rollbackSql?: string) => ({
    tag,
    sql: 'select 1',
    hash: tag,
    when: 1,
    ...(rollbackSql === undefined ? {} : { rollbackSql }),
  });

  it('MIG-10: takes back what comes after the last file without a script', () => {
    const files = [
      file('1', 'drop x'),
      file('2', '-- nothing yet'),
      file('3', 'drop y'),
      file('4', 'drop z'),
    ];
    expect(reversibleOf(files).map(({ tag }) => tag)).toEqual(['3', '4']);
    expect(reversibleOf([file('1')])).toEqual([]);
  });

  it('MIG-04: is absent, with the reason, without migrations, without Neon and without a version', () => {
    const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: 'b'.repeat(40) };
    const policy = makePolicy({ release });
    const { neon: _none, ...environment } = policy.environment;
    expect(check.absent?.(policy)).toBeUndefined();
    expect(check.absent?.(makePolicy({ release, runbook: makeRunbook({ migrations: undefined }) }))).toBe(
      'no migrations are configured',
    );
    expect(check.absent?.({ ...policy, environment })).toBe('Neon is not configured for this environment');
    expect(check.absent?.(makePolicy())).toBe('no version was named');
  });
});
