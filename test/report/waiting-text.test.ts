import { expect, it } from 'vitest';
import { sayWaiting } from '../../src/report/waiting-text.ts';

const moment = { now: new Date('2026-11-30T07:00:00Z'), zone: 'America/New_York' };
const sayRole = (role: string) => ({ lead: 'Engineering Lead', po: 'Product Owner' })[role] ?? role;
const about = { point: 1, version: 'v2.1.0', since: '2026-11-30T06:46:00.000Z' } as const;

it('DP-1a: says since when a decision waits, whom it waits for and who comes behind', () => {
  const ana = { name: 'Ana Diaz', role: 'lead', reachable: false };
  const ben = { name: 'Ben Ode', role: 'po', reachable: true };
  const turns = [{ role: 'lead', onDuty: ana, backup: ben }, { role: 'po', onDuty: ben }, { role: 'qa' }];
  const lines = sayWaiting([{ ...about, said: 'waiting for …', turns }], moment, sayRole);
  expect(lines.map((line) => line.trim())).toEqual([
    'decision 1 of v2.1.0 waits since 30 Nov 01:46 EST (14 min) for',
    'Engineering Lead: Ana Diaz (away by the calendar), then Ben Ode',
    '(Product Owner)',
    'Product Owner: Ben Ode; nobody behind',
    'qa: NOBODY is named; nobody behind',
  ]);
  expect(lines.every((line) => line.length <= 80)).toBe(true);
});

it('NG-08: who says no stands there instead', () => {
  const said = 'NO-GO by Sam (lead): "not today"';
  expect(sayWaiting([{ ...about, said, turns: [] }], moment, sayRole)).toEqual([
    expect.stringContaining(`decision 1 of v2.1.0: ${said}`),
  ]);
});
