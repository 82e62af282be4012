import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../src/domain/moment.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const left = makeRollbackPlan(runbook, { kind: 'none' });
const scripted = makeRollbackPlan(runbook, { kind: 'down', commit: 'c', tags: ['0044_b'] });
const report = (plan: typeof left, step: string, over: Partial<Moment> = {}): string =>
  renderMessage('incident-report', makeMoment(plan, step, 12, over), desk).text;
const NOTHING_LOST = /none was lost/;

describe('the report of an incident', () => {
  it('PIR-09: says of everything that nobody knows that it is unknown', () => {
    const text = report(left, 'notify');
    for (const name of ['Reason of the rollback', 'Severity', 'Detected', 'Cause', 'Affected users', 'Until'])
      expect(text).toContain(`${name}: unknown`);
    expect(text).not.toMatch(NOTHING_LOST);
  });

  it('PIR-09: says what happened, since when, what was done, what is open and when the next word comes', () => {
    const notes = {
      ...{ reason: 'error rate 6.2 %', severity: 'P0', detected_at: '10:02 EDT', root_cause: 'a lock' },
      ...{ affected_users: 'about 40', open_items: 'a fix', next_update: 'Thu 2 Oct, 12:00 EDT' },
    };
    const text = report(left, 'notify', { facts: factsUpTo(left, 'complete'), notes });
    for (const said of ['error rate 6.2 %', 'P0', '10:02 EDT', 'a lock', 'about 40', 'a fix', '12:00 EDT'])
      expect(text).toContain(said);
    expect(text).toMatch(/What was done\n• State: \S+ is live again.*\n• Maintenance mode on\n/);
    expect(text).toMatch(/Users kept out from: 10:01 EDT\n• Until: 10:09 EDT/);
  });

  it('PIR-09: tells the moment that the record has in the zone of the runbook', () => {
    const notes = { reason: 'r', severity: 'P1', detected_at: '2025-10-01T13:50:00.516Z' };
    expect(report(left, 'notify', { notes })).toContain('Detected: Wed 1 Oct 2025, 09:50 EDT\n');
  });

  it('E-86: says that no data was lost only where the record of a rollback that has ended shows it', () => {
    expect(report(left, 'notify', { facts: factsUpTo(left, 'complete') })).toMatch(NOTHING_LOST);
    expect(report(left, 'complete', { facts: factsUpTo(left, 'complete') })).toContain(
      'Data: not established: the rollback is not over',
    );
    const scripts = report(scripted, 'notify', { facts: factsUpTo(scripted, 'complete') });
    expect(scripts).toMatch(/Data: not established\. The database was changed/);
    expect(scripts).not.toMatch(NOTHING_LOST);
  });

  it('E-87: calls nothing live again before the rollback has ended and the version was proven', () => {
    const open = report(left, 'publish', { facts: factsUpTo(left, 'publish') });
    expect(open).toContain('is not over');
    const { 'prove-live': _, ...facts } = factsUpTo(left, 'complete');
    expect(open + report(left, 'notify', { facts })).not.toContain('live again');
  });

  it('PIR-10: tells engineering what was found, who has the cause and what comes next', () => {
    const notes = { findings: ['the index is missing', 'no test waits'], next_update: 'tomorrow' };
    const moment = makeMoment(left, 'notify', 12, { facts: factsUpTo(left, 'complete'), notes });
    const { text } = renderMessage('engineering-update', moment, desk);
    expect(text).toContain('Findings\n• the index is missing\n• no test waits');
    expect(text).toContain('Root cause: unknown');
    expect(text).toContain('Next update: tomorrow');
  });
});
