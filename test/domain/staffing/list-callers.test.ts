import { describe, expect, it } from 'vitest';
import { listHops } from '../../../src/domain/staffing/list-callers.ts';

const day = { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', zone: 'UTC' };
const person = (name: string, roles: string[], change: object = {}) => ({
  name,
  roles,
  hours: undefined,
  away: [],
  zone: 'UTC',
  ...change,
});
/** Wednesday, three in the morning. */
const NIGHT = Date.UTC(2025, 9, 1, 3);
const said = (path: readonly string[], members: Parameters<typeof listHops>[1]) =>
  listHops(path, members, NIGHT).map(({ role, member, reachable }) => [role, member?.name, reachable]);

describe('whom to call', () => {
  it('OWN-15: is told in the order of the escalation path, the last hop being somebody outside', () => {
    const members = [person('Ana', ['dba']), person('Ben', ['cto'])];
    expect(said(['dba', 'cto', 'Replit Support'], members)).toEqual([
      ['dba', 'Ana', true],
      ['cto', 'Ben', true],
      ['Replit Support', undefined, true],
    ]);
  });

  it('prefers who can be reached now, and still names who is away when nobody else has the role', () => {
    const members = [
      person('Day', ['dba'], { hours: [day] }),
      person('Night', ['dba']),
      person('Off', ['cto'], { hours: [day] }),
    ];
    expect(said(['dba', 'cto'], members)).toEqual([
      ['dba', 'Night', true],
      ['cto', 'Off', false],
    ]);
  });

  it('names nobody twice', () => {
    const members = [person('Ana', ['dba', 'cto']), person('Ben', ['cto'])];
    expect(said(['dba', 'cto', 'cto'], members)).toEqual([
      ['dba', 'Ana', true],
      ['cto', 'Ben', true],
    ]);
  });
});
