import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { Moment } from '../../../src/domain/moment.ts';
import type { Plan } from '../../../src/domain/plan.ts';
import { watch } from '../../../src/kit.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { factsUpTo, makeDeployPlan, makeMoment, makeTalkativeRunbook } from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const plan = makeDeployPlan(runbook, { pending: ['0043_exports'] });
const textOf = (template: string, moment: Moment): string => renderMessage(template, moment, desk).text;
const blocksOf = (template: string, moment: Moment): string =>
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
