import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';
import { SEVERITIES } from '../../support/severities.ts';

const severities = { ...SEVERITIES, P0: { ...SEVERITIES.P0, who: 'On-call may start it alone' } };
const people = { kim: { name: 'Kim Park', slack: 'U0KIM', roles: ['on-call'] } };

function start(notes: JsonObject, over: Record<string, unknown> = { severities }) {
  const runbook = makeTalkativeRunbook({ people, ...over });
  const plan = makeRollbackPlan(runbook, { kind: 'none' });
  const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
  const moment = makeMoment(plan, 'announce', 0, { notes });
  return renderMessage('rollback-start', moment, desk);
}

describe('the first message of a rollback', () => {
  it('RBX-1.1, E-85: says who ordered it, and who may at this urgency', () => {
    const { text } = start({ severity: 'P0', ordered_by: 'Dana Ito' });
    expect(text).toContain('Ordered by: Dana Ito; P0: On-call may start it alone\n');
  });

  it('E-85: names the person alone where the runbook has no such level, and nobody where none is on record', () => {
    expect(start({ severity: 'P0', ordered_by: 'Dana Ito' }, {}).text).toContain('Ordered by: Dana Ito\n');
    const odd = start({ severity: 'constructor', ordered_by: 'Dana Ito' });
    expect(odd.text).toContain('Ordered by: Dana Ito\n');
    expect(start({ severity: 'P0' }).text).not.toContain('Ordered by');
  });

  it('COM-05b: names who has taken command, and mentions them, rather than who has the role', () => {
    const taken = { sam: { name: 'Sam Ortiz', slack: 'U0SAM', roles: ['deployment-lead'] } };
    const roles = { ...people, ana: { name: 'Ana', slack: 'U0ANA', roles: ['incident-commander'] } };
    const { text, slack } = start({ commander: 'Sam Ortiz' }, { people: { ...roles, ...taken } });
    expect(text).toContain('Incident Commander: Sam Ortiz');
    expect(JSON.stringify(slack.blocks)).toContain('<@U0SAM>');
    expect(start({}, { people: roles }).text).toContain('Incident Commander: Ana');
  });

  it('RBX-1.3: mentions whoever is on call, so that it reaches them', () => {
    const { text, slack } = start({ severity: 'P0' });
    expect(text).toContain('• On call: Kim Park');
    expect(JSON.stringify(slack.blocks)).toContain('On call: <@U0KIM>');
  });
});
