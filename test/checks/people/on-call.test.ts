import { describe, expect, it } from 'vitest';
import check from '../../../checks/people/on-call.check.ts';
import type { PagerDutyPort, Shift } from '../../../src/services/pagerduty/port.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const AT = '2026-11-24T15:00:00Z';
const HOUR = 3_600_000;
const at = (hour: number): number => Date.parse(AT) + hour * HOUR;

const runbook = makeRunbook({
  services: {
    pagerduty: {
      token: '$PD',
      roles: { 'on-call': { schedule: 'PROTA1' }, 'database-lead': { policy: 'PPOL1' } },
    },
  },
  roles: { 'on-call': { title: 'On-Call Engineer' }, 'database-lead': { title: 'Database Lead' } },
  people: { alex: { name: 'Alex Example', email: 'alex@example.com', roles: ['on-call'] } },
  staffing: { rollbackRoles: ['on-call'], hours: 24 },
  window: { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00' },
});
const policy = makePolicy({ runbook, now: new Date(AT) });

const alex = { id: 'PALEX', name: 'Alex Example', email: 'alex@example.com' };
const shift = (from: number, to: number, who = alex): Shift => ({ ...who, from: at(from), to: at(to) });
const ALL = [shift(-5, 48)];

async function judge(onCall: readonly Shift[], database: readonly Shift[] = ALL) {
  const pagerduty: PagerDutyPort = {
    listShifts: async (role) => (role === 'on-call' ? onCall : database),
  };
  return check.judge(await check.probe(onlyThese({ pagerduty }), policy), policy);
}

describe('people.on-call', () => {
  it('PRE-31, GO-07: passes when each role is covered from the start until nothing has to be taken back', async () => {
    expect(await judge([shift(-5, 10), shift(10, 48)])).toEqual({
      outcome: 'pass',
      said: 'on call until Wed 25 Nov 10:00 EST: On-Call Engineer, Database Lead',
    });
  });

  it('E-10: names a gap with its times in the zone of the team', async () => {
    expect(await judge([shift(-5, 10), shift(12, 48)])).toMatchObject({
      outcome: 'fail',
      said: 'On-Call Engineer: nobody from Tue 24 Nov 20:00 EST to Tue 24 Nov 22:00 EST',
      about: [['on-call', [at(10)]]],
    });
  });

  it('finds a minute at the end, and every role that has a gap', async () => {
    const { said } = await judge([shift(-5, 24 - 1 / 60)], [shift(1, 48)]);
    expect(said).toBe(
      'On-Call Engineer: nobody from Wed 25 Nov 09:59 EST to Wed 25 Nov 10:00 EST; ' +
        'Database Lead: nobody from Tue 24 Nov 10:00 EST to Tue 24 Nov 11:00 EST',
    );
  });

  it('is no pass where nobody is on call at all', async () => {
    expect(await judge([])).toMatchObject({
      outcome: 'fail',
      said: 'On-Call Engineer: nobody until Wed 25 Nov 10:00 EST',
    });
  });

  it('E-104: warns of somebody whom the runbook does not know: no message could mention them', async () => {
    const stranger = { id: 'PX', name: 'Nobody Known', email: 'x@example.com' };
    expect(await judge([shift(-5, 48, stranger)])).toMatchObject({
      outcome: 'warn',
      said: expect.stringContaining('not known to the runbook: Nobody Known'),
    });
  });

  it('knows nothing when PagerDuty does not answer: unknown is HOLD, never a pass', async () => {
    const pagerduty = { listShifts: () => Promise.reject(new Error('away')) };
    await expect(check.probe(onlyThese({ pagerduty }), policy)).rejects.toThrow('away');
  });
});
