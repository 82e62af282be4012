import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';

const smoke = { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] };
const runbook = makeTalkativeRunbook({ smoke });
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const plan = makeRollbackPlan(runbook, { kind: 'none' }, { webhooks: { kind: 'maintenance' } });
const whole: Record<string, JsonObject> = {
  ...factsUpTo(plan, 'complete'),
  smoke: { call: 'go', endpoints: [{ state: 'pass' }] },
};
const say = (facts: Record<string, JsonObject>): string =>
  renderMessage('rollback-complete', makeMoment(plan, 'complete', 10, { facts }), desk).text;
const without = (name: string): Record<string, JsonObject> =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name));

describe('COM-07b: what the message at the end of a rollback calls verified', () => {
  it('RBV-5, RBV-6: is each proof of the record, and nothing else is said of it', () => {
    const text = say(whole);
    expect(text).toMatch(/^✅ Rollback complete: v2\.1\.0 is back\n/);
    expect(text).toContain('✅ Data: 4 integrity questions answered as expected');
    expect(text).toContain('✅ Stripe webhook: takes signed events, refuses others');
    expect(text).not.toMatch(/not verified/i);
  });

  it('RBV-5: never reads as verified where a loss could not be established', () => {
    const text = say(without('integrity'));
    expect(text).toContain('Not verified: data: whether rows are missing could not be counted');
    expect(text).toContain('Whether anything was lost before is not verified');
    expect(text).not.toContain('✅ Data');
  });

  it('RBV-5: says it in the title where every step is done, and one answer could not be judged', () => {
    const data = [{ title: 'Assessments', state: 'not-judged', before: 7, now: 5 }];
    const text = say({ ...whole, integrity: { checked: 1, said: [], data } });
    expect(text).toMatch(/^⚠️ Rollback complete: v2\.1\.0 is back, not all of it verified\n/);
    expect(text).toContain('• Data: not verified\n');
  });

  it('COM-07a: says when it ended, how long it took, and which version is back from which', () => {
    const text = say(whole);
    expect(text).toContain('Completion time: Wed 1 Oct 2025, 10:10 EDT');
    expect(text).toContain('Total rollback duration: 10 min');
    expect(text).toMatch(/v2\.1\.0 is back[\s\S]*Version before the rollback: v2\.2\.0/);
  });

  it('RBV-6: says so of a webhook that was not seen to take a signed event', () => {
    const text = say(without('webhooks-proven'));
    expect(text).toContain('• Stripe webhook: not verified\n');
    expect(text).not.toContain('✅ Stripe webhook');
  });
});
