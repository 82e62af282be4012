import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { renderMessage } from '../../src/report/messages/render-announcement.ts';
import { makeMoment, makeRollbackPlan } from '../support/announcing.ts';
import { OWN } from '../support/own-runbook.ts';

const { runbook } = OWN;
const plan = makeRollbackPlan(runbook, { kind: 'none' });
const ALL = ['incidents', 'engineering', 'releases'];

describe('whom the shipped runbook tells of a rollback', () => {
  it('RBX-1.1, COM-05a: three channels at once, before anything else, with the Incident Commander', () => {
    expect(plan.entries[0]).toMatchObject({ name: 'announce', beside: true, input: { channels: ALL } });
    const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
    const { text } = renderMessage('rollback-start', makeMoment(plan, 'announce'), desk);
    expect(text).toMatch(/Incident Commander: .+ Example/);
  });

  it('RBX-7.1: the same three hear the end, behind everything that lets users in', () => {
    const names = plan.entries.map(({ name }) => name);
    const complete = plan.entries.find(({ name }) => name === 'complete');
    expect((complete as unknown as { input: JsonObject }).input).toMatchObject({
      template: 'rollback-complete',
      channels: ALL,
    });
    expect(names.indexOf('complete')).toBeGreaterThan(names.indexOf('maintenance-off'));
  });
});
