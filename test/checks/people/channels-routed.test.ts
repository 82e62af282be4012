import { expect, it } from 'vitest';
import check from '../../../checks/people/channels-routed.check.ts';
import { isCard, OPTIONAL_MESSAGES, TEMPLATE_NAMES } from '../../../src/domain/template-names.ts';
import { makePolicy, makeRunbook } from '../../support/policy.ts';

const BY_MAIL_OR_HAND = ['release-complete-email', 'customer-rollback', 'incident-report'];
const messages = TEMPLATE_NAMES.filter((name) => !BY_MAIL_OR_HAND.includes(name) && !isCard(name));
const slackOf = (routes: Record<string, string[]>) => ({
  botToken: '$SLACK_BOT_TOKEN',
  channels: { releases: { id: 'C0RELEASES' } },
  routes,
});
const everywhere = Object.fromEntries(messages.map((name) => [name, ['releases']]));

const judge = (routes: Record<string, string[]>, over: Record<string, unknown> = {}) => {
  const runbook = makeRunbook({ services: { slack: slackOf(routes) }, ...over });
  return check.judge(runbook.services.slack, makePolicy({ runbook }));
};

it('COM-01a, E-96: passes when every message to the team has a channel', () => {
  expect(judge(everywhere)).toEqual({ outcome: 'pass', said: '21 messages have a channel' });
});

it('E-96: names every message without a channel, and knows every one there is', () => {
  expect(judge({}).said.replace('no channel for ', '').split(', ').sort()).toEqual(
    messages.filter((name) => !OPTIONAL_MESSAGES.includes(name)).sort(),
  );
});

it('T39: a takeover is told where a start is told, unless it has channels of its own', () => {
  const { takeover: _, ...others } = everywhere;
  expect(judge(others).outcome).toBe('pass');
  expect(judge({ ...others, 'release-start': [] }).said).toContain('no channel for release-start, takeover');
  expect(judge({ ...others, takeover: [] }).said).toBe('no channel for takeover');
});

it('E-96: a route to nowhere, or to a channel that does not exist, is none', () => {
  const lost = { ...everywhere, incident: [], 'no-go': ['relaeses'], 'rc-ready': ['constructor'] };
  expect(judge(lost)).toMatchObject({ outcome: 'warn', said: 'no channel for incident, rc-ready, no-go' });
});

it('E-96: names people whose mention would not notify, when messages call their role', () => {
  const over = {
    roles: { 'rollback-lead': { title: 'Rollback Lead' }, guest: { title: 'Guest' } },
    people: {
      pat: { name: 'Pat Example', roles: ['rollback-lead'] },
      lee: { name: 'Lee Example', roles: ['guest'] },
      sam: { name: 'Sam Example', roles: ['rollback-lead'], slack: 'U0EXAMPLE01' },
    },
    staffing: { rollbackRoles: ['rollback-lead'] },
  };
  expect(judge(everywhere, over).said).toBe('no Slack id for Pat Example: a mention would not notify');
});

it('E-96: stops nobody, and does not concern a runbook without Slack', () => {
  expect(check.weight).toBe('advisory');
  expect(check.absent?.(makePolicy({ runbook: makeRunbook({ services: {} }) }))).toBe(
    'no Slack is configured',
  );
});

it('E-115: misses no channel for support where nobody wants one, and one that does not exist where somebody does', () => {
  const { 'support-brief': _, ...others } = everywhere;
  expect(judge(others)).toEqual({ outcome: 'pass', said: '20 messages have a channel' });
  expect(judge({ ...others, 'support-brief': ['suport'] }).said).toBe('no channel for support-brief');
});
