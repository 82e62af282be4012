import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignSigners } from '../../../src/domain/staffing/assign-signers.ts';
import { findGaps, isReachable } from '../../../src/domain/staffing/list-reachable.ts';
import type { Hours, Member } from '../../../src/domain/staffing/member.ts';
import { at } from '../calendar/zones.ts';

const zone = 'America/New_York';
const member = (name: string, roles: readonly string[], change: Partial<Member> = {}): Member => ({
  name,
  roles,
  hours: undefined,
  away: [],
  zone,
  ...change,
});
const weekdays = (from: string, to: string): Hours => ({ days: [1, 2, 3, 4, 5], from, to, zone });
const day = { from: at('2026-11-24T15:00Z'), to: at('2026-11-25T15:00Z') };
const gapOf = (...members: readonly Member[]) => {
  const [gap] = findGaps(members, day);
  return gap && [gap.from, gap.to].map((moment) => new Date(moment).toISOString().slice(0, 16));
};

describe('who can be reached', () => {
  const dba = member('Jo', ['dba'], { hours: [weekdays('09:00', '21:00')] });
  const nights = member('Lee', ['dba'], { hours: [weekdays('21:00', '09:00')] });

  it('E-10: somebody without hours can always be reached, nobody never', () => {
    expect(gapOf(member('Alex', ['on-call']))).toBeUndefined();
    expect(gapOf()).toEqual(['2026-11-24T15:00', '2026-11-25T15:00']);
  });

  it('E-10: somebody who is there on weekdays from 9 to 21 leaves the night open', () => {
    expect(gapOf(dba)).toEqual(['2026-11-25T02:00', '2026-11-25T14:00']);
  });

  it('E-10: hours that end the next day close it, also those that began the evening before', () => {
    expect(gapOf(dba, nights)).toBeUndefined();
    expect(isReachable(nights, at('2026-11-24T07:00Z'))).toBe(true);
    expect(isReachable(nights, at('2026-11-24T14:00Z'))).toBe(false);
  });

  it('NG-06: days off are whole days in the zone of the runbook, first and last', () => {
    const off = member('Alex', ['on-call'], { away: [{ from: '2026-11-25', to: '2026-11-25' }] });
    expect(gapOf(off)).toEqual(['2026-11-25T05:00', '2026-11-25T15:00']);
    expect(isReachable(off, at('2026-11-26T05:00Z'))).toBe(true);
  });

  it('E-09: hours keep their clock when the offset changes', () => {
    const sundays = member('Kim', ['on-call'], { hours: [{ days: [7], from: '09:00', to: '17:00', zone }] });
    expect(isReachable(sundays, at('2026-10-25T13:00Z'))).toBe(true);
    expect(isReachable(sundays, at('2026-11-01T13:59Z'))).toBe(false);
    expect(isReachable(sundays, at('2026-11-01T14:00Z'))).toBe(true);
  });
});

describe('different people for different roles', () => {
  it('E-113: one person cannot sign for two roles', () => {
    expect(assignSigners(['po', 'lead'], [member('Pat', ['po', 'lead'])])).toBeUndefined();
    expect(assignSigners(['po'], [member('Pat', ['po', 'lead'])])?.get('po')?.name).toBe('Pat');
  });

  it('E-113: whoever can do several is moved to where nobody else can', () => {
    const people = [
      member('Pat', ['po', 'lead', 'ops']),
      member('Robin', ['po']),
      member('Sam', ['po', 'lead']),
    ];
    const signers = assignSigners(['po', 'lead', 'ops'], people);
    expect([...(signers ?? [])].map(([role, one]) => `${role}: ${one.name}`).sort()).toEqual([
      'lead: Sam',
      'ops: Pat',
      'po: Robin',
    ]);
  });

  it('E-113: finds signers exactly where there are some', () => {
    const roles = ['a', 'b', 'c', 'd'];
    const people = fc.array(
      fc.subarray(roles).map((held) => member('x', held)),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.subarray(roles), people, (wanted, all) => {
        const found = assignSigners(wanted, all);
        expect(found !== undefined).toBe(canSign(wanted, all));
        if (found === undefined) return;
        expect([...found.keys()].sort()).toEqual([...wanted].sort());
        expect(new Set(found.values()).size).toBe(wanted.length);
        for (const [role, one] of found) expect(one.roles).toContain(role);
      }),
    );
  });
});

/** The same by trying everything. */
function canSign([role, ...rest]: readonly string[], people: readonly Member[]): boolean {
  if (role === undefined) return true;
  return people.some((one, i) => one.roles.includes(role) && canSign(rest, people.toSpliced(i, 1)));
}
