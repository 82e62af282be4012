import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { watch } from '../../../src/kit.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import {
  factsUpTo,
  makeDeployPlan,
  makeMoment,
  makeRollbackPlan,
  makeTalkativeRunbook,
} from '../../support/announcing.ts';
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
const plan = makeDeployPlan(runbook, { pending: ['0043_exports'] });
const textOf = (template: string, moment: Parameters<typeof renderMessage>[1]): string =>
  renderMessage(template, moment, desk).text;
const blocksOf = (template: string, moment: Parameters<typeof renderMessage>[1]): string =>
  JSON.stringify(renderMessage(template, moment, desk).slack.blocks);

describe('release-start', () => {
  it('COM-01b: opens with the rocket and the version', () => {
    expect(textOf('release-start', makeMoment(plan, 'announce'))).toMatch(
      /^🚀 Release v2\.1\.0: deployment starting\n/,
    );
  });

  it("COM-01c, E-97: computes window and duration from the plan, in the runbook's zone", () => {
    const watched: Plan = { ...plan, entries: [...plan.entries, watch({ minutes: 120 })] };
    const text = textOf('release-start', makeMoment(watched, 'announce'));
    expect(text).toContain('Deployment window: 10:00–12:10 EDT');
    expect(text).toContain('Expected duration: about 10 min of deployment, then 2 h of monitoring');
  });

  it('COM-01d: lists five features and the number of the others, and calls no fix critical by itself', () => {
    const notes = { features: Array.from({ length: 7 }, (_, n) => ({ title: `F${n}` })), fixes: 9 };
    const text = textOf('release-start', makeMoment(plan, 'announce', 0, { notes }));
    expect(text).toContain('• F4\n• and 2 more\n• 9 bugs fixed\n');
  });

  it('COM-01e, E-98: says "None" only when the plan has no maintenance mode', () => {
    expect(textOf('release-start', makeMoment(plan, 'announce'))).toContain(
      'downtime: Maintenance mode for about',
    );
    const entries = plan.entries.filter((entry) => !entry.name.startsWith('maintenance'));
    const open = textOf('release-start', makeMoment({ ...plan, entries }, 'announce'));
    expect(open).toContain('downtime: None planned: the plan has no maintenance mode');
  });

  it('COM-01f, E-94: mentions people whose member id the runbook has, and names the others', () => {
    const blocks = blocksOf('release-start', makeMoment(plan, 'announce'));
    expect(blocks).toContain('Deployment Lead: <@U0DANA>');
    expect(blocks).toContain('Rollback Lead: Lee Park');
    expect(blocks).not.toContain('Communications');
  });

  it('COM-01g, E-95: promises a thread only where there can be one, and a rhythm only when somebody watches', () => {
    const updates = (over: object, entries = plan.entries) =>
      /Status updates: (.*)/.exec(
        textOf('release-start', makeMoment({ ...plan, entries }, 'announce', 0, over)),
      )?.[1];
    expect(updates({})).toBe('as the release moves on, in this thread');
    expect(updates({ canThread: false })).toBe(
      'as the release moves on, in this channel, as separate messages',
    );
    expect(updates({}, [...plan.entries, watch({ minutes: 120 })])).toBe('every 15 minutes in this thread');
    expect(
      updates(
        {},
        plan.entries.filter((entry) => entry.name !== 'progress'),
      ),
    ).toBeUndefined();
  });

  it('COM-01h, COM-01i: links dashboard and notes, and asks to hold other changes', () => {
    const blocks = blocksOf('release-start', makeMoment(plan, 'announce'));
    expect(blocks).toContain('<https://dash.example/a_b?x=1&amp;y=2|Dashboard>');
    expect(blocks).toContain('<https://notes.example/v2.1.0|Release notes>');
    expect(blocks).toContain('Please hold non-urgent deployments');
  });
});

describe('release-progress', () => {
  const facts = factsUpTo(plan, 'progress');

  it('COM-02b, COM-02c: tells minutes, state and what is recorded as done', () => {
    const text = textOf('release-progress', makeMoment(plan, 'progress', 25, { facts }));
    expect(text).toMatch(
      /^⏱️ Release v2\.1\.0: progress \(T\+25 min\)\n\nStatus: ✅ Every step so far is done; what users/,
    );
    expect(text).toContain('• ✅ Maintenance mode off');
    expect(text).not.toContain('Announce');
  });

  it('COM-02b, COM-02f: is not on track while a step is missing, and names it', () => {
    const { publish: _publish, ...rest } = facts;
    const text = textOf('release-progress', makeMoment(plan, 'progress', 25, { facts: rest }));
    expect(text).toContain('Status: ⚠️ Minor issue: not recorded as done: Publish 2.1.0 on production');
    expect(text).not.toMatch(/no issues/i);
  });

  it('COM-02d: tells the next three entries of the plan', () => {
    const text = textOf('release-progress', makeMoment(plan, 'announce'));
    expect(text).toContain('Next steps\n• ⏳ Maintenance mode on\n');
    expect(text.match(/⏳/g)).toHaveLength(3);
  });

  it('COM-02e, E-99: cites a measurement with its limit, or says that nothing measured', () => {
    const bare = textOf('release-progress', makeMoment(plan, 'progress', 25, { facts }));
    expect(bare).toContain('Error rate: not measured');
    expect(bare).not.toContain('Active users');
    const measurements = { errorPercent: 0.3, p95Ms: 240, activeUsers: 145 };
    const full = textOf(
      'release-progress',
      makeMoment(plan, 'progress', 25, { facts: { ...facts, measurements } }),
    );
    expect(full).toContain('Error rate: 0.3 %, ✅ within the limit of 0.5 %');
    expect(full).toContain('P95: 240 ms, ⚠️ over the limit of 200 ms');
    expect(full).toContain('👥 Active users: 145');
  });
});

describe('release-complete', () => {
  const facts = factsUpTo(plan, 'progress');

  it('COM-03b, COM-03g: computes completion, duration and review day', () => {
    const text = textOf('release-complete', makeMoment(plan, 'complete', 150, { facts }));
    expect(text).toContain('Completion time: Wed 1 Oct 2025, 12:30 EDT');
    expect(text).toContain('Total duration: 2 h 30 min');
    expect(text).toContain('Users kept out: 8 min of maintenance mode');
    expect(text).toContain('Metrics review: Fri 3 Oct 2025');
  });

  it('COM-03c, E-99: asserts nothing that was not measured', () => {
    const text = textOf('release-complete', makeMoment(plan, 'complete', 150, { facts }));
    expect(text).not.toMatch(/optimal|all passed|zero|no downtime|100/i);
    expect(text.match(/not measured/g)?.length).toBeGreaterThanOrEqual(4);
  });

  it('COM-03c: counts smoke tests from their own record', () => {
    const entries = [{ ...plan.entries[0], kind: 'step', name: 'smoke', step: 'app.smoke-test' }];
    const smoke = {
      endpoints: [{ state: 'pass' }, { state: 'close' }, { state: 'fail' }, { state: 'skip' }],
    };
    const moment = makeMoment({ ...plan, entries: entries as Plan['entries'] }, 'complete', 1, {
      facts: { smoke },
    });
    expect(textOf('release-complete', moment)).toContain('Smoke tests: ⚠️ 2 of 3 passed, 1 left out');
  });

  it('does not call a release complete whose steps are not recorded, nor proven what nobody proved', () => {
    const { publish: _publish, ...rest } = facts;
    const open = textOf('release-complete', makeMoment(plan, 'complete', 1, { facts: rest }));
    expect(open).toMatch(/^⚠️ Release v2\.1\.0 ended with steps not recorded as done/);
    const entries = plan.entries.filter((entry) => entry.name !== 'prove-live');
    const blind = textOf('release-complete', makeMoment({ ...plan, entries }, 'complete', 1, { facts }));
    expect(blind).toMatch(/^⚠️ Release v2\.1\.0: complete, not proven live/);
  });

  it('COM-04a…e: writes the letter with up to eight improvements and the days computed', () => {
    const notes: JsonObject = {
      features: Array.from({ length: 9 }, (_, n) => ({ title: `F${n}`, text: 'value' })),
    };
    const { text, html, title } = renderMessage(
      'release-complete-email',
      makeMoment(plan, 'complete', 150, { facts, notes }),
      desk,
    );
    expect(title).toBe('✅ Release v2.1.0: complete');
    expect(text).toContain('Deployment window: 10:00–12:30 EDT');
    expect(text).toContain('8. F7: value\n9. and 1 more');
    expect(html).toContain('<li>F0: value</li>');
  });
});

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

  it('COM-05e, COM-05g: lists the effects of the plan with their usual times, and asks for quiet', () => {
    const text = textOf('rollback-start', makeMoment(down, 'announce'));
    expect(text).toContain('⏳ Publish 2.1.0 on production (about 4 min)');
    expect(text).toContain('Please make no production changes until the rollback is complete.');
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

describe('the other messages', () => {
  it('COM-09b, E-100: puts the severity that was given into the title of an incident', () => {
    const notes = { severity: 'P1', title: 'exports hang', id: 'INC-2025-10-01-1', issue: 'No export ends.' };
    const text = textOf('incident', makeMoment(plan, 'x', 0, { notes }));
    expect(text).toMatch(/^🚨 P1: exports hang\n\nIncident: INC-2025-10-01-1\n/);
  });

  it('COM-09d, COM-09e: says what is open, with boxes to tick', () => {
    const notes = { severity: 'P0', title: 't', war_room: 'https://meet.example/1' };
    const text = textOf('incident', makeMoment(plan, 'x', 0, { notes }));
    expect(text).toContain('Root cause: Investigating');
    expect(text).toContain('☐ War room: https://meet.example/1');
    expect(text).toContain('☐ Customer communication: Pending');
  });

  it('COM-00: tells that a candidate is ready', () => {
    const notes = { branch: 'release/v2.1.0', features: [{ title: 'Exports' }] };
    expect(textOf('rc-ready', makeMoment(plan, 'x', 0, { notes }))).toContain("What's in it\n• Exports\n");
  });

  it('DP-1a, DP-2a: names who decides at a decision point, and the roles that nobody has', () => {
    const decision = {
      title: 'Go or no-go',
      roles: ['deployment-lead', 'qa-lead'],
      inputs: ['preflight'],
      outcomes: ['go', 'no-go'],
      anchor: 'T_start',
      afterMinutes: -15,
    };
    const decided = makeTalkativeRunbook({
      decisions: { '1': decision, '2': decision, '3': decision, '4': decision },
    });
    const moment = makeMoment(plan, 'x', 0, { notes: { point: 1, due: 'x' } });
    const { text } = renderMessage('decision-needed', moment, { ...desk, runbook: decided });
    expect(text).toContain('Decision point 1: Go or no-go');
    expect(text).toContain('• deployment-lead: Dana Ito');
    expect(text).toContain('• qa-lead: nobody is named for it');
  });

  describe('DP-2c: decision 2', () => {
    const decision = {
      ...{ title: 'Go on?', roles: ['deployment-lead'], inputs: ['smoke tests'], anchor: 'T_live' },
      ...{ outcomes: ['CONTINUE', 'ROLLBACK'], afterMinutes: 5, decideWithinMinutes: 5 },
    };
    const budgets = { health: { row: 'PER-01', endpoint: 'GET /health', p95Ms: 100, errorPercent: 1 } };
    const smoke = { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] };
    const asked = makeTalkativeRunbook({
      ...{ decisions: { 2: decision }, budgets, smoke },
      people: {
        kim: { name: 'Kim Vale', slack: 'U0KIM', roles: ['deployment-lead'] },
        dana: { name: 'Dana Ito', slack: 'U0DANA', roles: ['deployment-lead'] },
      },
    });
    const deploy = makeDeployPlan(asked);
    const say = (states: readonly string[], more: Record<string, JsonObject> = {}) => {
      const facts = { smoke: { endpoints: states.map((state) => ({ state })) }, ...more };
      const moment = makeMoment(deploy, 'ask-2', 20, { facts, notes: { point: 2 } });
      return renderMessage('decision-needed', moment, { ...desk, runbook: asked });
    };

    it('has the way on and the way back as lines to type, and says that nobody waits', () => {
      const { text, slack } = say(['pass', 'close']);
      expect(text).toContain('CONTINUE: release note "CONTINUE" --decision 2 --env production');
      expect(text).toContain('ROLLBACK: release rollback --to v2.0.3 --env production');
      expect(text).toContain('Without an answer: the release goes on: no run waits for this answer');
      expect(text).toContain('Answer: by 10:25 EDT');
      expect(JSON.stringify(slack.blocks)).toContain('`release note \\"CONTINUE\\" --decision 2');
    });

    it('E-08: speaks for going on only where every smoke test passed, and never of users', () => {
      expect(say(['pass', 'close']).text).toContain(
        'As measured: the smoke tests speak for CONTINUE; what users meet is not measured yet.',
      );
      expect(say(['pass', 'fail']).text).toContain('As measured: the smoke tests speak against CONTINUE.');
      expect(say([]).text).toContain('As measured: not known: nothing was measured.');
    });

    it('E-110, DAY-04: asks whoever was given the role for this release', () => {
      expect(say(['pass']).text).toContain('• deployment-lead: Kim Vale');
      const roles = { assigned: { 'deployment-lead': 'Dana Ito' } };
      const entry = { ...deploy.entries[0], kind: 'step', name: 'roles', step: 'people.assign-roles' };
      const plan = { ...deploy, entries: [entry, ...deploy.entries] as Plan['entries'] };
      const moment = makeMoment(plan, 'ask-2', 20, { facts: { roles }, notes: { point: 2 } });
      const { text } = renderMessage('decision-needed', moment, { ...desk, runbook: asked });
      expect(text).toContain('• deployment-lead: Dana Ito');
    });
  });
});
