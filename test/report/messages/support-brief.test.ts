import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../src/domain/moment.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const slack = {
  botToken: '$T',
  channels: { releases: { id: 'C0RELEASES' }, support: { id: 'C0SUPPORT' } },
  routes: { 'rollback-complete': ['releases'], 'support-brief': ['support'] },
};
const runbook = makeTalkativeRunbook({ services: { slack } });
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const none = makeRollbackPlan(runbook, { kind: 'none' });
const down = makeRollbackPlan(runbook, { kind: 'down', commit: 'c', tags: ['0044_b'] });
const restore = makeRollbackPlan(runbook, {
  ...{ kind: 'restore', at: '2025-10-01T13:30:00.000Z', lsn: '0/1A2B', xid: '757' },
  ...{ keepAs: 'kept-v2.2.0', agreedMinutes: 33 },
});

function brief(plan: Plan, over: Partial<Moment> = {}): string {
  const facts = factsUpTo(plan, 'brief-support');
  const notes = { reason: 'error rate 6.2 %', severity: 'P0' };
  return renderMessage(
    'support-brief',
    makeMoment(plan, 'brief-support', 10, { facts, notes, ...over }),
    desk,
  ).text;
}
const partOf = (text: string, title: string): string => text.split(`${title}\n`)[1]?.split('\n\n')[0] ?? '';
const toCustomers = (text: string): string => partOf(text, 'Tell customers who ask');
const unsaid = (text: string): string => partOf(text, 'Do not say');

describe('the brief for support', () => {
  it('RBX-7.3: says what happened, since when, what users met, what to tell them, and where to ask', () => {
    const text = brief(none, { notes: { reason: 'r', detected_at: '2025-10-01T13:55:00.000Z' } });
    expect(text).toContain('What happened: RuR2 went from v2.2.0 back to v2.1.0 on production');
    expect(text).toContain(
      'Problem known since: Wed 1 Oct 2025, 09:55 EDT, when we saw it; it may have begun earlier',
    );
    expect(text).toContain('Kept out by this rollback: from Wed 1 Oct 2025, 10:01 EDT, to 10:09 EDT');
    expect(toCustomers(text)).toContain(
      'RuR2 could not be used from Wed 1 Oct 2025, 10:01 EDT, to 10:09 EDT.',
    );
    expect(text).toContain('Status page: none is configured; tell customers yourselves');
    expect(text).toContain('Channel: #releases');
    expect(text).toContain('Customers write to: help@rur2.example');
  });

  it('E-86, RBX-7.3: says that no data was lost only where the record shows it', () => {
    expect(toCustomers(brief(none))).toContain('No customer data was lost.');
    expect(unsaid(brief(none))).not.toContain('data');
    const { integrity: _uncounted, ...blind } = factsUpTo(none, 'brief-support');
    const { 'maintenance-off': _out, ...kept } = factsUpTo(none, 'brief-support');
    for (const text of [
      brief(none, { facts: blind }),
      brief(none, { facts: kept }),
      brief(down),
      brief(restore),
    ]) {
      expect(toCustomers(text)).not.toMatch(/No customer data/);
      expect(unsaid(text)).toMatch(/That no data was lost\. ./);
    }
    expect(toCustomers(brief(none, { facts: blind }))).toContain('still checking whether any data');
    expect(brief(restore)).toContain('(counted right before, 34 minutes: 212 rows in 6 tables)');
    expect(toCustomers(brief(restore))).toContain('Some recent changes may have been lost.');
  });

  it('tells customers no end and no way back that nobody recorded', () => {
    const { 'maintenance-off': _open, ...facts } = factsUpTo(none, 'brief-support');
    const text = brief(none, { facts });
    expect(text).toContain('since Wed 1 Oct 2025, 10:01 EDT; no end is on record');
    expect(toCustomers(text)).toContain('are working on it');
    expect(toCustomers(text)).not.toMatch(/could not be used|went back/);
    expect(brief(none, { facts: {} })).toContain('Kept out by this rollback: not recorded');
    expect(brief(none)).toContain('Problem known since: not recorded');
  });

  it('names the day of the end, too, when it is another one', () => {
    const facts = { ...factsUpTo(none, 'brief-support') };
    const late = { ...facts, 'maintenance-off': { on: false, at: '2025-10-02T04:09:00.000Z' } };
    expect(toCustomers(brief(none, { facts: late }))).toContain('to Thu 2 Oct 2025, 00:09 EDT.');
  });

  it('holds back that it is resolved, until real traffic has confirmed it', () => {
    expect(unsaid(brief(none))).toContain('That it is resolved, before the team has confirmed this rollback');
  });
});
