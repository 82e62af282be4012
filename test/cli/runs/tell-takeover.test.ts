import { describe, expect, it, vi } from 'vitest';
import { abandonDeploy } from '../../../src/cli/deploy/abandon-deploy.ts';
import { runDeploy } from '../../../src/cli/deploy/run-deploy.ts';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makeAnnouncementRender } from '../../../src/report/messages/make-announcement-render.ts';
import type { SlackPort } from '../../../src/services/slack/port.ts';
import { MemoryLedger } from '../../support/memory/ledger.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { endOf, gitAlone, makeCliWorld } from '../cli-world.ts';

const SCOPE = 'rur2/production';
const REASON = 'her laptop is lost <!channel> & gone';
const WORK = { deploy: runDeploy, rollback: runRollback };

interface Wanted {
  readonly command?: 'deploy' | 'rollback';
  readonly routes?: Record<string, string[]>;
  readonly post?: SlackPort['post'];
  /** False: nobody holds the lock any more. */
  readonly held?: boolean;
}

/** A run half way that Ana holds on another machine, and a team that listens in Slack. */
async function openHeld({
  command = 'deploy',
  routes = { 'release-start': ['releases'] },
  post,
  held = true,
}: Wanted) {
  const channels = { releases: { id: 'C0RELEASES' }, oncall: { id: 'C0ONCALL' } };
  const runbook = gitAlone({ services: { slack: { botToken: '$T', channels, routes } } });
  const slack = new MemorySlack({ releases: 'bot', oncall: 'bot' }, () => new Date(0));
  const world = makeCliWorld({
    command,
    runbook,
    configured: ['git', 'slack'],
    flags: { yes: true, env: 'production', envIsTyped: true },
    services: { slack: post === undefined ? slack : { post } },
  });
  const run = await world.past(command, ['v2.0.3', 'v2.1.0'], 'open');
  const ana = new MemoryLedger(world.store, { actor: 'Ana', host: 'ana-laptop', clock: world.wired.clock });
  if (held) await ana.acquire(SCOPE, { run, actor: 'Ana', reason: 'resumes' });
  const render = makeAnnouncementRender({ runbook, root: '/nowhere', redact: (text) => text });
  const ask = (...words: readonly string[]) => {
    const { args, options } = parseWords([command, ...words, '--takeover', '--reason', REASON], {});
    return endOf(WORK[command](args, options, world.context, { ...world.wired, render }));
  };
  const told = () => slack.messages.map(({ channel, message }) => [channel, message.text] as const);
  return { ...world, slack, run, ask, told };
}

describe('a takeover', () => {
  it.each(['deploy', 'rollback'] as const)(
    'T39: of a %s is told to the team: who, from whom, why',
    async (command) => {
      const { ask, told, slack, run } = await openHeld({ command });
      await ask('--resume');
      expect(told().map(([channel]) => channel)).toEqual(['releases']);
      const text = told()[0]?.[1];
      expect(text).toContain('The lock was taken over: RuR2, production');
      expect(text).toContain('By: Dana Ito, on ');
      expect(text).toContain('From: Ana, on ana-laptop, who held it since ');
      expect(text).toContain(`Their run: ${command} v2.1.0, ${run}`);
      expect(text).toContain(`Now: ${command} v2.1.0 goes on`);
      expect(slack.messages[0]?.marker).toEqual({ run, step: 'takeover' });
    },
  );

  it('T13: tells the reason as the text it is, not as a mention', async () => {
    const { ask, slack } = await openHeld({});
    await ask('--resume');
    const blocks = JSON.stringify(slack.messages[0]?.message.blocks);
    expect(blocks).toContain('her laptop is lost &lt;!channel&gt; &amp; gone');
    expect(blocks).not.toContain('<!channel>');
  });

  it('has channels of its own where the configuration gives it some', async () => {
    const { ask, told } = await openHeld({ routes: { 'release-start': ['releases'], takeover: ['oncall'] } });
    await ask('--resume');
    expect(told().map(([channel]) => channel)).toEqual(['oncall']);
  });

  it('is told also when the run is given up', async () => {
    const { context, wired, told, slack } = await openHeld({});
    const render = makeAnnouncementRender({
      runbook: wired.runbook,
      root: '/nowhere',
      redact: (text) => text,
    });
    const options = { abandon: true, takeover: true, reason: REASON };
    await abandonDeploy(options, context, { ...wired, render });
    expect(told()[0]?.[1]).toContain('Now: deploy v2.1.0 is given up');
    expect(slack.messages).toHaveLength(1);
  });

  it('says nothing when nobody held the lock', async () => {
    const { ask, told, entriesOf } = await openHeld({ held: false });
    await ask('--resume');
    expect([told(), entriesOf('lock.takeover')]).toEqual([[], []]);
  });
});

describe('a takeover that nobody can be told of', () => {
  const refused = new ReleaseError('E_SLACK_REFUSED', {
    what: 'Slack said no.',
    next: 'x',
    state: 'untouched',
  });

  it.each([
    ['refuses', () => Promise.reject(refused), '▲ Slack said no.'],
    [
      'breaks',
      () => Promise.reject(new TypeError('odd')),
      '▲ The takeover was not announced. TypeError: odd',
    ],
  ])('E-65: goes on when Slack %s, and says so', async (_, post, said) => {
    const { ask, entriesOf, stderr } = await openHeld({ post });
    await ask('--resume');
    expect(stderr()).toContain(said);
    expect(entriesOf('lock.takeover')).toHaveLength(1);
    expect(entriesOf('lock.released')).toHaveLength(2);
  });

  it('F78: waits three seconds for a Slack that is silent, and no longer', async () => {
    const { ask, time, entriesOf, stderr } = await openHeld({ post: () => new Promise(() => undefined) });
    const ending = ask('--resume');
    const turns = async (ms: number) => {
      for (let i = 0; i < 20; i += 1) await time.advance(i === 0 ? ms : 0);
    };
    // What it loads before takes real time.
    await vi.waitUntil(() => entriesOf('lock.takeover').length > 0, 10_000);
    await turns(0);
    await turns(2999);
    expect([entriesOf('lock.takeover').length, entriesOf('lock.released').length]).toEqual([1, 1]);
    await turns(1);
    await ending;
    expect(stderr()).toContain('▲ Slack has not answered for 3 s');
    expect(entriesOf('lock.released')).toHaveLength(2);
  });

  it('E-96: says that no channel is named', async () => {
    const { ask, stderr } = await openHeld({ routes: {} });
    await ask('--resume');
    expect(stderr()).toContain('▲ Nobody is told of the takeover: services.slack.routes names no channel');
  });
});
