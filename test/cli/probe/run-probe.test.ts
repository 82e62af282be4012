import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run as init } from '../../../src/cli/commands/init.ts';
import { runProbe } from '../../../src/cli/probe/run-probe.ts';
import type { Environment } from '../../../src/config/schema/index.ts';
import type { ServiceName } from '../../../src/services/services.ts';
import { failureOf } from '../../support/failure-of.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';
import { MemoryNeon } from '../../support/memory/neon.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { gitAlone, makeCliWorld } from '../cli-world.ts';

let origin: LedgerOrigin;
beforeEach(() => {
  origin = makeLedgerOrigin();
});
afterEach(() => origin.remove());

interface Wanted {
  readonly flags?: object;
  readonly configured?: readonly ServiceName[];
  readonly hours?: number;
  readonly ledger?: object;
}

/** A real git host, and Neon and Slack in memory: one channel by bot, one by webhook. */
function open({
  flags = { yes: true },
  configured = ['git', 'neon', 'slack'],
  hours = 48,
  ledger = {},
}: Wanted = {}) {
  const runbook = gitAlone({
    source: { remote: origin.origin },
    environments: {
      production: {
        url: 'https://rur2.example',
        ledger,
        neon: { project: 'p', branch: 'main', database: 'rur2', role: 'app' },
      },
    },
    services: {
      neon: { apiKey: '$NEON' },
      slack: {
        botToken: '$T',
        channels: { releases: { id: 'C0RELEASES' }, engineering: { webhook: '$HOOK' } },
        routes: {},
      },
    },
  });
  const world = makeCliWorld({ command: 'init', flags, runbook, configured });
  const now = () => world.wired.clock.now();
  const neon = new MemoryNeon({ production: 'main' }, now, hours);
  const slack = new MemorySlack({ releases: 'bot', engineering: 'webhook' }, now);
  const wired = {
    ...world.wired,
    root: origin.folder,
    environment: runbook.environments.production as Environment,
    services: { ...world.wired.services, neon, slack },
  };
  const probe = (options: Parameters<typeof runProbe>[0] = {}) => runProbe(options, world.context, wired);
  const outcomes = async (options?: Parameters<typeof runProbe>[0]) => {
    const { result } = await probe(options);
    const found = result.findings as { id: string; outcome: string }[];
    return Object.fromEntries(found.map(({ id, outcome }) => [id, outcome]));
  };
  return { ...world, neon, slack, wired, probe, outcomes };
}

const kept = () => JSON.parse(readFileSync(join(origin.folder, 'runbook.probe.json'), 'utf8'));
const limit = { timeout: 60_000 };

describe('release init --probe', limit, () => {
  it('says what every service accepts, keeps the answer, and leaves nothing behind', async () => {
    const { probe, neon, slack } = open();
    const branches = neon.branches.length;
    const { text, result } = await probe({ send: true });
    expect(text).toContain('refs/release/* is taken');
    expect(text).toContain('history reaches back 2 days; a release needs 26 hours');
    expect(kept()).toMatchObject({ schema: 'release.probe/1', env: 'production', findings: result.findings });
    expect(neon.branches).toHaveLength(branches);
    expect(origin.git(['for-each-ref'])).toBe('');
    expect(slack.messages.map(({ channel }) => channel)).toEqual(['releases', 'engineering']);
  });

  it('is GO when all of it is known to be good', async () => {
    expect(await open().probe({ send: true })).toMatchObject({ exitCode: 0, verdict: 'go' });
  });

  it('sends no message unless that is allowed, and does not take a webhook for proven', async () => {
    const { probe, slack } = open();
    const { verdict, exitCode, text } = await probe();
    expect([verdict, exitCode, slack.messages]).toEqual(['hold', 3, []]);
    expect(text.replace(/\s+/g, ' ')).toContain('not known: #engineering is reached by webhook');
    expect(text).toContain('--probe --send');
  });

  it('is NO-GO where the host refuses the place of the ledger, with the one that it takes', async () => {
    origin.hook('update', 'case "$1" in refs/heads/*) ;; *) exit 1;; esac');
    const refused = await open({ configured: ['git'] }).probe();
    expect([refused.verdict, refused.exitCode]).toEqual(['no-go', 3]);
    expect(refused.text.replace(/\s+/g, ' ')).toContain('ledger: { refs: refs/heads/release-ledger/ }');
    const there = open({ configured: ['git'], ledger: { refs: 'refs/heads/release-ledger/' } });
    expect(await there.outcomes()).toMatchObject({ 'git.ledger-place': 'pass', 'git.atomic-push': 'pass' });
  });

  it('is NO-GO without atomic pushes, and with a history that is too short', async () => {
    origin.git(['config', 'receive.advertiseAtomic', 'false']);
    expect(await open({ hours: 6 }).outcomes()).toMatchObject({
      'git.ledger-place': 'pass',
      'git.atomic-push': 'fail',
      'neon.retention': 'fail',
      'neon.key': 'pass',
    });
  });

  it('tells what a key may not do as not known, and asks the rest', async () => {
    const { neon, slack, outcomes } = open();
    neon.failNext('refused');
    slack.failNext('releases', 'refused');
    const found = await outcomes({ send: true });
    expect(Object.values(found).filter((one) => one === 'unknown')).toHaveLength(2);
    expect(found).toMatchObject({ 'slack.channel.engineering': 'pass' });
  });

  it('asks first, and does nothing with --plan', async () => {
    const plan = await open({ flags: { plan: true } }).probe();
    expect(plan.text).toContain('push scratch refs to the remote, and delete them');
    expect(await failureOf(open({ flags: {} }).probe())).toMatchObject({ code: 'E_ANSWERED_NO' });
    expect([origin.git(['for-each-ref']), existsSync(join(origin.folder, 'runbook.probe.json'))]).toEqual([
      '',
      false,
    ]);
  });

  it('leaves git alone where the ledger is elsewhere', async () => {
    expect(await open({ configured: ['git'], ledger: { store: 'file' } }).probe()).toMatchObject({
      exitCode: 0,
    });
    expect(existsSync(join(origin.folder, 'runbook.probe.json'))).toBe(false);
  });
});

it('init alone knows neither an environment nor a message', async () => {
  const { context } = makeTestContext({ command: 'init' });
  expect(await failureOf(init([], { send: true }, context))).toMatchObject({ code: 'E_FLAG_REFUSED' });
});
