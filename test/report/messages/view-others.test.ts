import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Moment } from '../../../src/domain/moment.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { makeDeployPlan, makeMoment, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const plan = makeDeployPlan(runbook, { pending: ['0043_exports'] });
const textOf = (template: string, moment: Moment): string => renderMessage(template, moment, desk).text;

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
      expect(text).toContain('CONTINUE: release approve v2.1.0 --point 2 --env production');
      expect(text).toContain('ROLLBACK: release rollback --to v2.0.3 --env production');
      expect(text).toContain('Without an answer: the release goes on: no run waits for this answer');
      expect(text).toContain('Answer: by 10:25 EDT');
      expect(JSON.stringify(slack.blocks)).toContain('`release approve v2.1.0 --point 2');
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
