import { expect, it } from 'vitest';
import { findTurn } from '../../../src/domain/staffing/find-turn.ts';
import type { Member } from '../../../src/domain/staffing/member.ts';

const NOW = Date.parse('2026-12-01T15:00:00Z');
const member = (name: string, roles: string[], isAway = false): Member => ({
  ...{ name, roles, hours: undefined, zone: 'UTC' },
  away: isAway ? [{ from: '2026-12-01', to: '2026-12-02' }] : [],
});

it('whoever can be reached comes first, and another one with the role behind them', () => {
  const people = [member('Ana', ['qa'], true), member('Ben', ['qa']), member('Cem', ['lead'])];
  expect(findTurn('qa', ['lead'], people, NOW)).toMatchObject({
    onDuty: { name: 'Ben', reachable: true },
    backup: { name: 'Ana', role: 'qa', reachable: false },
  });
});

it('a role that one person has is backed by those who stand in for it, and never by the same person', () => {
  const ana = member('Ana', ['qa', 'lead']);
  expect(findTurn('qa', ['lead'], [ana], NOW)).not.toHaveProperty('backup');
  expect(findTurn('qa', ['lead'], [ana, member('Cem', ['lead'])], NOW)).toMatchObject({
    onDuty: { name: 'Ana' },
    backup: { name: 'Cem', role: 'lead' },
  });
});

it('a role that nobody has names nobody, and who stands in', () => {
  const turn = findTurn('qa', ['lead'], [member('Cem', ['lead'])], NOW);
  expect(turn).not.toHaveProperty('onDuty');
  expect(turn).toMatchObject({ backup: { name: 'Cem' } });
});
