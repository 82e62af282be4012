import { describe, expect, it } from 'vitest';
import { makeOnDuty } from '../../../src/cli/wiring/make-on-duty.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Moment } from '../../../src/domain/moment.ts';
import { findTeam } from '../../../src/report/messages/people.ts';
import type { Shift } from '../../../src/services/pagerduty/port.ts';
import { makeRunbook } from '../../support/policy.ts';

const NOW = Date.parse('2026-11-24T15:00:00Z');
const people = {
  alex: { name: 'Alex Example', email: 'alex@example.com', slack: 'U0ALEX', roles: ['on-call'] },
  jo: {
    ...{ name: 'Jo Example', slack: 'U0JO', roles: ['database-lead'] },
    hours: [{ days: ['Mon'], from: '09:00', to: '10:00' }],
  },
};
const runbook = makeRunbook({
  services: { pagerduty: { token: '$PD', roles: { 'on-call': { schedule: 'PROTA1' } } } },
  roles: { 'on-call': { title: 'On-Call' }, 'database-lead': { title: 'Database Lead' } },
  people,
});
const kim: Shift = { id: 'PKIM', name: 'Kim Stranger', from: NOW - 1, to: NOW + 1 };
const alex: Shift = { ...kim, id: 'PALEX', name: 'A.', email: 'alex@example.com' };

function open(list: () => Promise<readonly Shift[]>) {
  const asked: string[] = [];
  let passed = 0;
  const read = makeOnDuty(
    {
      listShifts: async (role) => {
        asked.push(role);
        return list();
      },
    },
    { now: () => new Date(NOW), monotonic: () => passed, sleep: (_, signal) => waits(signal) },
    runbook,
  );
  const later = (ms: number): void => {
    passed += ms;
  };
  return { asked, read, later };
}
/** Nobody's patience ends before an answer that is there at once. */
const waits = (signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal?.addEventListener('abort', () => resolve()));

const teamOf = (onDuty: Moment['onDuty']) =>
  findTeam(
    {
      ...{ run: 'r', env: 'production', plan: { entries: [] }, facts: {}, notes: {}, step: 's' },
      ...{ now: new Date(NOW).toISOString(), canThread: true, repeated: false, onDuty },
    } as unknown as Moment,
    runbook,
  );

describe('who is mentioned as on call', () => {
  it('E-94: the one whom PagerDuty names and the runbook knows', async () => {
    const onDuty = await open(async () => [alex]).read?.();
    expect(teamOf(onDuty).oncall_primary).toEqual({ name: 'Alex Example', slack: 'U0ALEX' });
  });

  it.each([
    ['a stranger, who is named', async () => [kim], 'Kim Stranger'],
    ['nobody, when nobody is on call', async () => [{ ...alex, to: NOW }], 'nobody, by PagerDuty'],
    [
      'nobody, when PagerDuty does not answer',
      () =>
        Promise.reject(new ReleaseError('E_PAGERDUTY_BUSY', { what: 'x', next: 'y', state: 'untouched' })),
      'not known: PagerDuty did not say',
    ],
  ])('E-94: %s', async (_, list, name) => {
    const onDuty = await open(list).read?.();
    expect(teamOf(onDuty).oncall_primary).toEqual({ name, slack: null });
  });

  it('asks once a minute, not with every message', async () => {
    const { read, asked, later } = open(async () => [alex]);
    await read?.();
    await read?.();
    later(60_000);
    await read?.();
    expect(asked).toEqual(['on-call', 'on-call']);
  });

  it('mentions nobody whose calendar says that they are not there', () => {
    expect(teamOf(undefined)).toMatchObject({
      db_lead: { name: 'Jo Example', slack: null },
      oncall_primary: { name: 'Alex Example', slack: 'U0ALEX' },
    });
  });
});
