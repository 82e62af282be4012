import { describe, expect, it } from 'vitest';
import { tellCommand } from '../../../src/cli/handoff/tell-command.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { listIncidents } from '../../../src/ledger/list-incidents.ts';
import { makeAnnouncementRender } from '../../../src/report/messages/make-announcement-render.ts';
import type { SlackPort } from '../../../src/services/slack/port.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { GOOD, makeHandoffWorld } from './handoff-world.ts';

const told = { text: 'P0', blocks: [] };

interface Wanted {
  readonly routes?: Record<string, string[]>;
  readonly facts?: Readonly<Record<string, JsonObject>>;
  readonly post?: SlackPort['post'];
}

/** A P0 of v2.1.0 that Sam has declared, and a team that listens in #incidents. */
function open({ routes = { incident: ['incidents'] }, facts = GOOD, post }: Wanted = {}) {
  const channels = { releases: { id: 'C0RELEASES' }, incidents: { id: 'C0INCIDENTS' } };
  const shop = makeHandoffWorld({
    facts,
    runbook: {
      services: { slack: { botToken: '$T', channels, routes } },
      people: { kim: { name: 'Kim', slack: 'U0KIM', roles: ['incident-commander'] } },
    },
  });
  shop.add(120, 'n1', 'watch.noted', { text: 'payments fail', by: 'Sam', version: 'v2.1.0', severity: 'P0' });
  const { runbook, clock } = shop.wired;
  const slack = new MemorySlack({ releases: 'bot', incidents: 'bot' }, () => clock.now());
  const render = makeAnnouncementRender({ runbook, root: '/nowhere', redact: (text) => text });
  const services = { ...shop.wired.services, slack: post === undefined ? slack : { ...slack, post } };
  const wired = { ...shop.wired, services, render } as unknown as Wired;
  const subject = listIncidents(shop.events, runbook.timezone)[0]?.id ?? '';
  return { ...shop, slack, subject, tell: () => tellCommand({ subject, by: 'Kim', before: 'Sam' }, wired) };
}

describe('whoever reads of an incident', () => {
  it('HOE-19: hears who commands it now, since when and instead of whom', async () => {
    const { slack, tell, subject } = open();
    expect(await tell()).toEqual([]);
    const [sent] = slack.messages;
    expect(sent?.channel).toBe('incidents');
    expect(sent?.message.text.split('\n')[0]).toBe('🧭 Who commands the incident: RuR2, production');
    expect(sent?.message.text).toContain('Incident Commander: Kim');
    expect(sent?.message.text).toMatch(/Since: \d\d:\d\d E[SD]T/);
    expect(sent?.message.text).toContain('Before: Sam');
    expect(sent?.message.text).toContain(`Incident: ${subject}, P0 of v2.1.0 on production`);
    expect(sent?.message.text).not.toContain('Rollback:');
    expect(JSON.stringify(sent?.message.blocks)).toContain('<@U0KIM>');
  });

  it('hears it below the message with which a watch told of the incident', async () => {
    const { slack, tell, add, events } = open();
    const { ts } = await slack.post('incidents', told, { run: 'd', step: 'watch.incident.w9.1' });
    add(121, 'w9', 'watch.told', { template: 'incident', version: 'v2.1.0', channels: ['incidents'] });
    // As a watch names its record.
    Object.assign(events.at(-1) ?? {}, { id: 'w9:incident:1' });
    await tell();
    expect(slack.messages.at(-1)).toMatchObject({ channel: 'incidents' });
    expect(slack.messages.at(-1)?.thread).toBe(ts);
  });

  it('hears it in the thread of the release, where that is where it was told', async () => {
    const { slack, tell } = open({ routes: { incident: ['releases'] } });
    await tell();
    expect(slack.messages.map(({ channel, thread }) => [channel, thread])).toEqual([['releases', '1']]);
  });

  it('hears it below the rollback, once there is one, and how that stands', async () => {
    const { slack, tell, add } = open();
    const plan = { command: 'rollback', service: 'rur2', env: 'production', version: 'v2.0.3' } as const;
    const planned = { ...plan, from: 'v2.1.0', entries: [], basis: {}, digest: 'r' };
    add(122, 'r', 'run.planned', { plan: planned, request: { severity: 'P0' }, configDigest: 'c' });
    const done = { sent: [{ channel: 'incidents', transport: 'bot', ts: '7.1' }], missed: [] };
    add(122, 'r', 'step.done', { how: 'effect', done, tookMs: 1 }, 'announce');
    await tell();
    expect(slack.messages.map(({ thread }) => thread)).toEqual(['7.1']);
    expect(slack.messages[0]?.message.text).toContain('Rollback: to v2.0.3, under way');
  });

  it('E-65, F78: a Slack that refuses keeps nobody from command, and it is said', async () => {
    const refused = new ReleaseError('E_SLACK_REFUSED', {
      what: 'Slack said no.',
      next: 'x',
      state: 'untouched',
    });
    const { tell } = open({ post: () => Promise.reject(refused) });
    expect(await tell()).toEqual(['  ▲ Slack said no.']);
    expect(await open({ routes: {} }).tell()).toEqual([
      '  ▲ Nobody is told who commands: services.slack.routes names no channel for command-taken.',
    ]);
  });
});
