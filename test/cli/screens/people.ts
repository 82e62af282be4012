import type { DecisionState } from '../../../src/domain/approvals/judge-decision.ts';
import type { HandoffItem } from '../../../src/domain/handoff/item.ts';
import { judgeHandoff } from '../../../src/domain/handoff/judge-handoff.ts';
import type { Standing } from '../../../src/domain/handoff/judge-item.ts';
import { type DecisionStory, sayDecision } from '../../../src/report/approval-text.ts';
import { sayEvidence } from '../../../src/report/evidence-text.ts';
import { sayHandoff } from '../../../src/report/handoff/handoff-text.ts';
import { sayMessages } from '../../../src/report/messages/list-text.ts';
import { sayPreview } from '../../../src/report/messages/preview-text.ts';
import { sayTasks } from '../../../src/report/task-text.ts';
import { approvalOf, ITEMS } from '../../support/approvals.ts';
import { incidentTasks } from '../../support/incident.ts';
import type { Screen } from './screen.ts';

const payload = approvalOf({ comment: 'as agreed in the stand-up', at: '2025-10-01T13:41:00.000Z' });
const state: DecisionState = {
  lines: [
    { role: 'product-owner', state: 'go', signOff: { id: 'a', payload, items: ITEMS } },
    {
      role: 'engineering-lead',
      state: 'stale',
      signOff: { id: 'b', payload: approvalOf({ role: 'engineering-lead', person: 'sam' }), items: ITEMS },
      why: 'evidence changed after signing: tests.e2e: pass, 98.2 % → fail, 94.1 %',
    },
    { role: 'devops-lead', state: 'waiting' },
  ],
  ...{ noGo: [], missing: ['engineering-lead', 'devops-lead'], isComplete: false, refused: [], past: [] },
};
const decision: DecisionStory = {
  ...{ point: 1, version: 'v2.1.0', title: 'Deploy now, or postpone?', outcomes: ['GO', 'NO-GO'] },
  ...{ state, isSingleOperator: false, zone: 'America/New_York' },
  nameOf: (person) => ({ pat: 'Pat Example', sam: 'Sam Example' })[person] ?? person,
  whoCan: () => ['青木 花子'],
};
const evidence = { digest: '91c4aa00ff', items: ITEMS };

const item = (id: string, text: string, mode: HandoffItem['mode']): HandoffItem => ({
  ...{ id, rows: [], group: 'code', text, mode },
});
const standings: readonly Standing[] = [
  {
    item: item('b1', 'Candidate tagged', 'auto'),
    state: 'done',
    said: 'v2.1.0-rc.2',
    from: 'git',
    mark: 'm',
  },
  {
    item: item('b4', 'Migrations reviewed and tested', 'both'),
    ...{ state: 'open', from: 'migrations.lint', next: '--answer b4="…"', mark: 'm' },
    said: '2 files, allowed: index-not-concurrent (a few thousand rows: built within the lock timeout)',
  },
  {
    item: item('b6', 'Acceptance signed by the product owner', 'person'),
    ...{ state: 'open', said: 'Which product owner accepted it, and where is that recorded?', mark: 'm' },
    next: '--answer b6="…"',
  },
];

const row = { last: null, lastAt: null, isDue: false };
const MESSAGE = [
  '🚀 Release v2.1.0: deployment starting',
  '',
  'Deployment window: 10:00–12:30 EDT',
  '• Due dates: an assessment may carry the day until which it must be finished',
];

/** What people are asked, told and owe. */
export const people: readonly Screen[] = [
  {
    name: 'approve',
    draw: (look) =>
      ['release approve v2.1.0 on production', '', ...sayEvidence(evidence, 'preflight GO 9:31', look), '']
        .concat(sayDecision(decision, look))
        .join('\n'),
    next: ['release approve v2.1.0 --point 1 --as devops-lead'],
    ends: [/waiting for/],
  },
  {
    name: 'handoff',
    draw: (look) =>
      sayHandoff(
        {
          ...{ kind: 'before', version: 'v2.1.0', about: 'v2.1.0, candidate 0a42ebc, to production' },
          ...{ standings, verdict: judgeHandoff(standings, state), story: { ...decision, point: 'before' } },
        },
        look,
      ),
    ends: [/waiting for/],
  },
  {
    name: 'notify-list',
    draw: () =>
      sayMessages(
        [
          {
            ...row,
            template: 'release-start',
            to: '#releases, #engineering',
            next: 'release deploy, as it begins',
          },
          {
            ...row,
            ...{
              template: 'release-complete-email',
              to: 'stakeholders, by a person',
              next: '1 Oct 12:09 EDT',
            },
            isDue: true,
          },
        ],
        [{ template: 'no-go', missing: ['engineering'], said: 'Slack did not answer within 10 s (3 tries)' }],
      ),
    ends: [/has not reached/],
  },
  {
    name: 'notify-preview',
    draw: ({ ascii, columns }) =>
      sayPreview({ to: '#releases (a message of its own)', lines: MESSAGE, blocks: [] }, { ascii, columns }),
    ends: [/must be\s|finished/],
  },
  {
    name: 'task-list',
    draw: (look) =>
      sayTasks(
        [incidentTasks],
        {
          ...{ now: Date.UTC(2025, 9, 2, 14), zone: 'America/New_York', titles: new Map() },
          lacking: new Map(),
        } as never,
        look,
        false,
      ).join('\n'),
    next: ['release task close pir-01 --proof https://example.com/minutes'],
    ends: [/pir-30/],
  },
];
