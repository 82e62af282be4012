import { runDrift } from '../../../src/cli/drift/run-drift.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import type { DriftArea, DriftKind } from '../../../src/domain/drift/drift-state.ts';
import { defineDriftCheck } from '../../../src/kit.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import type { GithubPort } from '../../../src/services/github/port.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';

type Wanted = Omit<Parameters<typeof makeTestContext>[0], 'command'>;

const services = {
  slack: {
    botToken: '$SLACK_BOT_TOKEN',
    channels: { devops: { id: 'C0DEVOPS' }, sre: { id: 'C0SRE' } },
    routes: { 'drift-alert': ['devops', 'sre'] },
  },
};

/** A part of the set-up that says what the test puts there; an error is thrown. */
const partOf = (kind: DriftKind, world: { [K in DriftKind]?: DriftArea | Error }) =>
  defineDriftCheck({
    kind,
    title: `The ${kind} is as accepted`,
    runbook: ['DRF-04'],
    needs: [],
    ...(kind === 'secret' ? { required: () => ['JWT_SECRET'], weight: 'blocker' as const } : {}),
    absent: () => (world[kind] === undefined ? `${kind} is not configured` : undefined),
    read: async () => {
      const area = world[kind];
      if (area === undefined || area instanceof Error) throw area ?? new TypeError('not configured');
      return { area };
    },
  });

/** `release drift` on a world of two parts, a ledger in memory and a Slack in memory; with `github`, a tracker. */
export function openDriftWorld(github?: Pick<GithubPort, 'openTicket'>) {
  const world: { [K in DriftKind]?: DriftArea | Error } = {
    secret: { JWT_SECRET: '', DATABASE_URL: '' },
    webhook: { we_1: 'enabled' },
  };
  const { time } = makeTestContext({});
  const ledger = new MemoryLedger(new MemoryStore(), { actor: 'Dana Ito', host: 'mbp', clock: time.clock });
  const slack = new MemorySlack({ devops: 'bot', sre: 'bot' }, () => time.clock.now());
  const { wired } = makeTestWired({ checks: [partOf('secret', world), partOf('webhook', world)] });
  const given = { ...wired, runbook: makeRunbook({ services }), clock: time.clock, ledger };
  const configured = new Set(['slack' as const, ...(github ? ['github' as const] : [])]);
  const render: Wired['render'] = (template, view) => ({
    text: JSON.stringify([template, view]),
    blocks: [],
  });
  const put = { ...given, configured, render, services: { slack, github } as unknown as Wired['services'] };
  let nth = 0;
  return {
    world,
    slack,
    time,
    events: (): Promise<readonly LedgerEvent[]> => ledger.read(wired.scope),
    run: async (options: Parameters<typeof runDrift>[0] = {}, wanted: Wanted = {}) => {
      nth += 1;
      const made = makeTestContext({ command: 'drift', ...wanted });
      const context = { ...made.context, clock: time.clock, random: () => nth / 1000 };
      return { ...made, result: await runDrift(options, context, put) };
    },
  };
}

/** What `--accept` needs in a script. */
export const accept = { accept: true, reason: 'as agreed' };
export const yes: Wanted = { flags: { yes: true } };
