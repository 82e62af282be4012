import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Moment } from '../../../src/domain/moment.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';
import { SEVERITIES } from '../../support/severities.ts';

const runbook = makeTalkativeRunbook();
const timed = makeTalkativeRunbook({
  severities: SEVERITIES,
  roles: { 'rollback-lead': { title: 'Rollback Lead' } },
  owners: {
    production: {
      owner: 'rollback-lead',
      backup: 'rollback-lead',
      escalation: ['rollback-lead'],
      responsibilities: ['all'],
    },
  },
});
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const textOf = (template: string, moment: Moment): string => renderMessage(template, moment, desk).text;

describe('the rollback messages', () => {
  const none = makeRollbackPlan(runbook, { kind: 'none' });
  const down = makeRollbackPlan(runbook, { kind: 'down', commit: 'c', tags: ['0043_a', '0044_b'] });
  const restore = makeRollbackPlan(runbook, {
    kind: 'restore',
    at: '2025-10-01T13:30:00.000Z',
    lsn: '0/1A2B',
    xid: '757',
    keepAs: 'kept-v2.2.0',
    agreedMinutes: 33,
  });

  it('COM-05b, COM-05c: names version, severity, start, commander and reason', () => {
    const notes = { reason: 'error rate 6.2 %', severity: 'P0' };
    const text = textOf('rollback-start', makeMoment(none, 'announce', 0, { notes }));
    expect(text).toMatch(/^🚨 Rollback in progress: release v2\.2\.0\n\nSeverity: P0\nBack to: v2\.1\.0/);
    expect(text).toContain('Reason for rollback: error rate 6.2 %');
    expect(text).toContain('Incident Commander: Lee Park');
  });

  it('COM-05d: takes the risk to the data from the way the plan goes', () => {
    const risk = (plan: Plan) =>
      /Data loss risk: (.*)/.exec(textOf('rollback-start', makeMoment(plan, 'announce')))?.[1];
    expect(risk(none)).toBe('None: the database is not changed');
    expect(risk(down)).toBe('Low: 0044_b, 0043_a taken back by rollback scripts');
    expect(risk(restore)).toMatch(/^High: what was written after 0\/1A2B leaves the database/);
  });

  it('COM-05e, E-81: lists the effects with the time that earlier runs took, and says which are only usual', () => {
    const earlier = new Map([['publish', 372_000]]);
    const timed = makeRollbackPlan(runbook, { kind: 'down', commit: 'c', tags: ['0044_b'] }, { earlier });
    const text = textOf('rollback-start', makeMoment(timed, 'announce'));
    expect(text).toContain('⏳ Publish 2.1.0 on production (about 7 min)\n');
    expect(text).toContain('⏳ Take the migration 0044_b back (usually about 1 min, not measured)\n');
  });

  it('COM-06, E-81: expects the end by the same estimate, and says what that rests on', () => {
    const eta = (earlier: ReadonlyMap<string, number>) => {
      const plan = makeRollbackPlan(runbook, { kind: 'none' }, { earlier });
      return /Expected end: (.*)/.exec(textOf('rollback-progress', makeMoment(plan, 'progress', 5)))?.[1];
    };
    expect(eta(new Map())).toBe('10:05 EDT, by usual times');
    expect(eta(new Map([['maintenance-off', 600_000]]))).toBe('10:15 EDT, by earlier runs and usual times');
  });

  it('COM-05f, E-104, E-110: names whoever had the role in this release, else whom the runbook has, and leaves out the rest', () => {
    const people = {
      lee: { name: 'Lee Park', roles: ['rollback-lead'] },
      dana: { name: 'Dana Ito', slack: 'U0DANA', roles: ['rollback-lead', 'dba'] },
    };
    const staffed = makeTalkativeRunbook({ people });
    const team = (notes: JsonObject) =>
      renderMessage('rollback-start', makeMoment(none, 'announce', 0, { notes }), {
        ...desk,
        runbook: staffed,
      });
    const { text, slack } = team({ assigned: { 'rollback-lead': 'Dana Ito' } });
    expect(text).toContain('Team\n• Rollback Lead: Dana Ito\n• Database Lead: Dana Ito\n');
    expect(text).not.toContain('Communications');
    expect(JSON.stringify(slack.blocks)).toContain('Rollback Lead: <@U0DANA>');
    expect(team({}).text).toContain('• Rollback Lead: Lee Park\n');
  });

  it('COM-07d: has the next steps with an owner where one is known, and a day', () => {
    const told = (notes: JsonObject) =>
      textOf('rollback-complete', makeMoment(none, 'complete', 10, { notes }));
    const steps = /Next steps\n([\s\S]*?)\n\n/;
    expect(steps.exec(told({ root_cause_owner: 'Lee Park' }))?.[1]).toBe(
      '• Root cause investigation: Lee Park\n• Next attempt: a new patch of v2.2.0, from v2.2.1 on; v2.2.0 stays marked bad\n• Incident postmortem by Fri 3 Oct 2025',
    );
    expect(told({})).not.toContain('Root cause');
  });

  it('COM-07e: promises the postmortem for a working day within 48 hours, and no monitoring that nobody has begun', () => {
    const text = textOf('rollback-complete', makeMoment(none, 'complete', 10));
    expect(text).toContain('Incident postmortem by Fri 3 Oct 2025');
    expect(text).not.toMatch(/monitor/i);
  });

  it('COM-05g: asks for quiet until it is over', () => {
    expect(textOf('rollback-start', makeMoment(down, 'announce'))).toContain(
      'Please make no production changes until the rollback is complete.',
    );
  });

  it('COM-06: tells progress without an invented percentage', () => {
    const text = textOf(
      'rollback-progress',
      makeMoment(down, 'progress', 5, { facts: factsUpTo(down, 'progress') }),
    );
    expect(text).toMatch(/progress \(T\+5 min\)/);
    expect(text).toContain('Application: in maintenance mode');
    expect(text).not.toMatch(/\d+ ?% complete/);
  });

  it('COM-07b, E-87: says what happened to the database, which may be nothing', () => {
    const database = (plan: Plan, facts = factsUpTo(plan, 'complete')) =>
      /Database: (.*)/.exec(textOf('rollback-complete', makeMoment(plan, 'complete', 10, { facts })))?.[1];
    expect(database(none)).toBe('unchanged by this rollback');
    expect(database(down)).toBe('taken back by rollback scripts: 0044_b, 0043_a');
    expect(database(restore)).toBe('restored to 0/1A2B');
    expect(database(down, {})).toBe('not recorded as done: 0044_b, 0043_a');
  });

  it('COM-07c, E-86: says what data is gone by what was done', () => {
    const loss = (plan: Plan, facts = factsUpTo(plan, 'complete')) =>
      /Data loss: (.*)/.exec(textOf('rollback-complete', makeMoment(plan, 'complete', 10, { facts })))?.[1];
    expect(loss(none)).toBe('None by this rollback: the database was not changed');
    const { integrity: _uncounted, ...blind } = factsUpTo(none, 'complete');
    expect(loss(none, blind)).toBe(
      'None by this rollback: the database was not changed. Whether anything was lost before is not verified',
    );
    expect(loss(restore)).toContain('no longer in the database; it is kept as kept-v2.2.0');
    expect(loss(restore)).toContain('(counted right before, 34 minutes: 212 rows in 6 tables)');
    const { 'count-loss': _counted, ...uncounted } = factsUpTo(restore, 'complete');
    expect(loss(restore, uncounted)).toContain('(how much was not counted)');
    const { 'restore-database': _done, ...open } = factsUpTo(restore, 'complete');
    expect(loss(restore, open)).toBe('Not known: the restore to 0/1A2B is not recorded as done');
    expect(loss(down)).not.toMatch(/none/i);
  });

  it('COM-08, E-86: refuses to tell customers that nothing was lost when the database was changed', () => {
    const letter = (plan: Plan, data_loss: string) => {
      const facts = factsUpTo(plan, 'complete');
      return textOf('customer-rollback', makeMoment(plan, 'complete', 10, { facts, notes: { data_loss } }));
    };
    expect(letter(none, 'none')).toContain('Data: No customer data was lost.');
    expect(letter(restore, 'checking')).toContain('still checking');
    for (const plan of [down, restore])
      expect(() => letter(plan, 'none')).toThrow('cannot be sent for this rollback');
    expect(letter(none, 'none')).toContain('Duration: about 10 minutes');
  });

  it('RBC-P0, COM-05b: says until when it has to be over, from the detection where one is on record', () => {
    const deadline = (notes: JsonObject) =>
      /To be over by: (.*)/.exec(
        renderMessage('rollback-start', makeMoment(none, 'announce', 0, { notes }), {
          ...desk,
          runbook: timed,
        }).text,
      )?.[1];
    expect(deadline({ severity: 'P0' })).toBe('10:15 EDT (P0: 15 min)');
    expect(deadline({ severity: 'P1', detected_at: '2025-10-01T13:50:00.000Z' })).toBe(
      '10:20 EDT (P1: 30 min, detected 09:50 EDT)',
    );
    expect(deadline({ severity: 'P2' })).toBeUndefined();
    expect(deadline({})).toBeUndefined();
  });

  it('RBC-P0, COM-06: says that it is overdue, by how much, and whom to call next', () => {
    const overdue = (template: string, minutes: number) => {
      const notes = { severity: 'P0' };
      const facts = { 'main-as-planned': { at: '2025-10-01T14:00:00.000Z' } };
      const moment = makeMoment(none, 'complete', minutes, { notes, facts });
      return /Overdue: (.*)/.exec(renderMessage(template, moment, { ...desk, runbook: timed }).text)?.[1];
    };
    expect(overdue('rollback-progress', 15)).toBeUndefined();
    for (const template of ['rollback-progress', 'rollback-complete'])
      expect(overdue(template, 19)).toBe('by 4 min; next of the escalation path: Lee Park (Rollback Lead)');
  });

  it('E-89: says what cannot be held back, and nothing where all can', () => {
    const notHeld = (plan: Plan) =>
      /Cannot be held back: (.*)/.exec(textOf('rollback-start', makeMoment(plan, 'announce')))?.[1];
    const entries = none.entries.filter((entry) => !/maintenance|jobs/.test(entry.name));
    const bare = notHeld({ ...none, entries });
    expect(bare).toContain('users (no maintenance mode)');
    expect(bare).toContain('background jobs');
    expect(notHeld(none) ?? '').not.toMatch(/users|jobs/);
  });

  it('lets no note overrule what was computed', () => {
    const notes = {
      database: 'fine',
      lost: 'nothing',
      headline: 'All good',
      sandbox: true,
      version: 'v9.9.9',
    };
    const text = textOf('rollback-complete', makeMoment(restore, 'complete', 10, { notes }));
    expect(text).not.toMatch(/All good|v9\.9\.9|SANDBOX|Data loss: nothing|Database: fine/);
  });
});
