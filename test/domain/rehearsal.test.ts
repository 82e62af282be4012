import { describe, expect, it } from 'vitest';
import { blockedBy, compareLocks, LOCK_MODES } from '../../src/domain/lock-mode.ts';
import {
  costOf,
  longestBlocking,
  type MeasuredMigration,
  type MeasuredTable,
} from '../../src/domain/measured-migration.ts';
import { isLeftover, nameRehearsal, REHEARSAL_LIFE_MS } from '../../src/domain/rehearsal-branch.ts';
import { chooseLockTimeout, readRehearsed, readRehearsedSchema } from '../../src/domain/rehearsed.ts';

const table = (over: Partial<MeasuredTable> = {}): MeasuredTable => ({
  table: 'notes',
  locks: [],
  rewritten: false,
  read: 0,
  written: 0,
  ...over,
});
const file = (...tables: MeasuredTable[]): MeasuredMigration => ({ tookMs: 10, inTransaction: true, tables });

describe('locks', () => {
  it.each([
    ['AccessShareLock', 'nothing'],
    ['RowExclusiveLock', 'nothing'],
    ['ShareUpdateExclusiveLock', 'nothing'],
    ['ShareLock', 'writes'],
    ['ShareRowExclusiveLock', 'writes'],
    ['ExclusiveLock', 'writes'],
    ['AccessExclusiveLock', 'reads or writes'],
  ] as const)('MIG-01: %s keeps %s waiting', (mode, expected) => {
    expect(blockedBy(mode)).toBe(expected);
  });

  it('are told in order of their strength', () => {
    expect([...LOCK_MODES].reverse().sort(compareLocks)).toEqual([...LOCK_MODES]);
  });
});

describe('what a migration costs', () => {
  it.each([
    ['instant', file(table({ locks: [{ mode: 'AccessExclusiveLock', heldMs: 90_000 }] }))],
    ['rewrite', file(table({ rewritten: true, read: 1_000_000 }))],
    ['write', file(table({ read: 10, written: 10 }))],
    ['scan', file(table({ read: 10 }))],
    ['beside', { ...file(table()), inTransaction: false }],
    ['rewrite', { ...file(table({ rewritten: true })), inTransaction: false }],
    ['instant', file()],
  ] as const)(
    'MIG-01: is "%s" by what happened to the rows, however slow the machine was',
    (cost, measured) => {
      expect(costOf(measured)).toBe(cost);
    },
  );

  it('MIG-01: is told by the lock that made others wait, not by a longer one that did not', () => {
    const measured = file(
      table({ locks: [{ mode: 'RowExclusiveLock', heldMs: 900 }] }),
      table({ table: 'big', locks: [{ mode: 'ShareLock', heldMs: 20 }] }),
      table({ table: 'users', locks: [{ mode: 'AccessExclusiveLock', heldMs: 20 }] }),
    );
    expect(longestBlocking(measured)).toEqual({ table: 'users', mode: 'AccessExclusiveLock', heldMs: 20 });
    expect(longestBlocking(file(table({ locks: [{ mode: 'RowShareLock', heldMs: 5 }] })))).toBeUndefined();
  });
});

describe('the wait for a lock', () => {
  it.each([
    [0, 3000, 1000],
    [333, 3000, 1000],
    [334, 3000, 1002],
    [999, 3000, 2997],
    [1001, 3000, 3000],
    [60_000, 3000, 3000],
    [0, 400, 400],
  ])('MIG-01: is, after %i ms locked and %i ms configured, %i ms', (lockedMs, configuredMs, expected) => {
    expect(chooseLockTimeout(lockedMs, configuredMs)).toBe(expected);
  });
});

describe('a recorded rehearsal', () => {
  it('is read by tag', () => {
    const one = { tag: '0042_x', cost: 'rewrite', tookMs: 12, lockedMs: 7 };
    expect([...readRehearsed({ files: [one, { tag: 'half' }] })]).toEqual([['0042_x', one]]);
  });

  it.each([undefined, null, 'text', {}, { files: {} }])('is empty when %s was recorded', (evidence) => {
    expect(readRehearsed(evidence).size).toBe(0);
  });
});

describe('the branch of a rehearsal', () => {
  const now = new Date('2026-11-24T15:00:00.250Z');

  it('MIG-04: says in its name until when somebody may be using it', () => {
    expect(nameRehearsal('v2.1.0', now)).toBe('rehearsal/v2.1.0-until-20261124T153000250Z');
  });

  it('MIG-04: is left over one millisecond after that and not before', () => {
    const name = nameRehearsal('v2.1.0', now);
    const end = now.getTime() + REHEARSAL_LIFE_MS;
    expect([end - 1, end, end + 1].map((at) => isLeftover(name, new Date(at)))).toEqual([false, false, true]);
  });

  it.each(['rehearsal/by-hand', 'backup/v2.1.0-until-20200101T000000000Z', 'production'])(
    'MIG-04: is never taken for one when it is called %s',
    (name) => {
      expect(isLeftover(name, now)).toBe(false);
    },
  );
});

describe('the schema of a recorded rehearsal', () => {
  const [before, after] = ['a'.repeat(64), 'b'.repeat(64)];

  it('MIG-07: is what it began with and came to', () => {
    expect(readRehearsedSchema({ before, after }, 'why not')).toEqual({ before, after, unproven: '' });
  });

  it.each([[undefined], [null], [{ before }], [{ before, after: '../x' }], ['text']])(
    'MIG-07: is nothing to compare with, and says why, where the record is %j',
    (evidence) => {
      expect(readRehearsedSchema(evidence, 'why not')).toEqual({
        before: '',
        after: '',
        unproven: 'why not',
      });
    },
  );
});
