import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import type { Moment } from '../../../src/domain/moment.ts';
import { TEMPLATE_NAMES, type TemplateName } from '../../../src/domain/template-names.ts';
import { renderMessage } from '../../../src/report/messages/render-announcement.ts';
import { templateVariables } from '../../../src/report/messages/render-template.ts';
import { makeView } from '../../../src/report/messages/view.ts';
import { SLACK_LIMITS } from '../../../src/report/slack-blocks.ts';
import { refuseBlocks } from '../../../src/sandbox/servers/slack/block-limits.ts';
import {
  factsUpTo,
  makeDeployPlan,
  makeMoment,
  makeRollbackPlan,
  makeTalkativeRunbook,
} from '../../support/announcing.ts';

const runbook = makeTalkativeRunbook();
const desk = { runbook, root: '/nowhere', redact: (text: string) => text };
const deployPlan = makeDeployPlan(runbook, { pending: ['0043_exports'] });
const rollbackPlan = makeRollbackPlan(runbook, { kind: 'down', commit: 'c', tags: ['0044_answers'] });

const features = (count: number): Json =>
  Array.from({ length: count }, (_, n) => ({ title: `Feature ${n + 1}`, text: 'what it does for people' }));

/** A moment in which the template is really sent, with everything a person would add. */
function momentOf(template: TemplateName, count: number): Moment {
  const isRollback = /rollback|support|incident-report|engineering/.test(template);
  const plan = isRollback ? rollbackPlan : deployPlan;
  const step = /start/.test(template)
    ? 'announce'
    : /complete|customer|support/.test(template)
      ? 'complete'
      : 'progress';
  const notes: JsonObject = {
    features: features(count),
    fixes: count,
    critical_fixes: count === 0 ? 0 : 1,
    findings: Array.from({ length: count }, (_, n) => `check ${n + 1} failed`),
    drifts: Array.from({ length: count }, (_, n) => `setting ${n + 1} differs`),
    reason: 'error rate 6.2 %',
    severity: 'P0',
    data_loss: 'checking',
    point: 1,
    taken_by: 'Dana Ito, on dana-mbp',
    taken_from: 'Ana Ruiz, on ana-laptop, who held it since 1 Oct 10:02 EDT',
    taken_run: 'deploy v2.1.0, r-7f3a',
    goes_on: 'deploy v2.1.0 goes on',
  };
  const done = factsUpTo(plan, step);
  const standing = { stage: 'under-way', done: Object.keys(done), warned: [], current: step, said: '' };
  const last = { name: 'prove-live', at: '2025-10-01T14:10:00.000Z' };
  const card: JsonObject = { ...standing, last, to: null, until: null };
  const facts = /card/.test(template) ? { ...done, card } : done;
  return makeMoment(plan, step, step === 'announce' ? 0 : 12, { facts, notes });
}

describe.each(TEMPLATE_NAMES)('the message %s', (template) => {
  it.each([0, 1, 5, 500])('E-107: fits Slack and reads as it should with %i entries', (count) => {
    const { slack, text } = renderMessage(template, momentOf(template, count), desk);
    expect(refuseBlocks(slack.blocks)).toBeUndefined();
    expect(slack.blocks.length).toBeLessThanOrEqual(SLACK_LIMITS.blocks);
    expect(slack.text.length).toBeLessThanOrEqual(SLACK_LIMITS.text);
    expect(JSON.stringify(slack.blocks).length).toBeLessThan(SLACK_LIMITS.total + 2000);
    expect(text).toMatchSnapshot('plain text');
    if (count === 5) expect(slack.blocks).toMatchSnapshot('blocks');
  });

  it('is covered by its view: every variable it reads is there, also when nothing is known', () => {
    const empty = makeView(template, makeMoment(makeDeployPlan(runbook), 'not an entry'), runbook);
    expect(templateVariables(template).filter((name) => !Object.hasOwn(empty, name))).toEqual([]);
  });

  it('never shows a placeholder, a missing value or a bare label', () => {
    const bare = makeMoment(makeDeployPlan(runbook), 'announce');
    for (const moment of [bare, momentOf(template, 0), momentOf(template, 5)]) {
      const { text, markdown, html } = renderMessage(template, moment, desk);
      for (const written of [text, markdown, html])
        expect(written).not.toMatch(/undefined|null|NaN|\[object|N\/A|\{\{|\{%|\u0000/);
      expect(text).not.toMatch(/:\s*$/m);
    }
  });

  it('E-92: has a title, and no garbled character', () => {
    const { title } = renderMessage(template, momentOf(template, 1), desk);
    expect(title.length).toBeGreaterThan(10);
    expect(title).not.toMatch(/‚|Ô|\uf8ff|�/);
  });

  it('says SANDBOX first when it is the sandbox, in every form', () => {
    const sandbox = { ...desk, runbook: makeTalkativeRunbook({ sandbox: true }) };
    const { slack, text, title, markdown } = renderMessage(template, momentOf(template, 1), sandbox);
    const [first] = slack.blocks;
    expect((first?.text as JsonObject | undefined)?.text).toMatch(/^SANDBOX/);
    expect([slack.text, text, title]).toEqual(
      Array.from({ length: 3 }, () => expect.stringMatching(/^SANDBOX/)),
    );
    expect(markdown).toMatch(/^# SANDBOX/);
  });
});
