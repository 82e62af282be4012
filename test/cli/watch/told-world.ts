import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makePast } from '../cli-world.ts';
import { type Played, play, START } from './live-world.ts';

const point = (title: string, outcomes: readonly string[], anchor: string, afterMinutes: number) => ({
  ...{ title, outcomes, anchor, afterMinutes, decideWithinMinutes: 5 },
  ...{ roles: ['deployment-lead', 'engineering-lead'], inputs: ['error rates', 'user feedback'] },
});

const CHANNELS = {
  releases: { id: 'C0RELEASES' },
  incidents: { id: 'C0INCIDENTS' },
  ops: { webhook: '$HOOK' },
};

const RUNBOOK = {
  services: {
    slack: {
      ...{ botToken: '$T', channels: CHANNELS },
      routes: {
        ...{ 'release-progress': ['releases'], 'decision-needed': ['releases'] },
        ...{ 'rollback-progress': ['incidents'], incident: ['incidents'] },
      },
    },
  },
  people: { dana: { name: 'Dana Ito', slack: 'U0DANA', roles: ['deployment-lead'] } },
  roles: {
    'deployment-lead': { title: 'Deployment Lead' },
    'engineering-lead': { title: 'Engineering Lead' },
  },
  decisions: {
    3: point('Did the critical minutes go well?', ['SUCCESS', 'ROLLBACK'], 'T_open', 30),
    4: point('Is the release complete?', ['RELEASE COMPLETE', 'INVESTIGATE'], 'T_open', 120),
  },
};

/** Both steps of the past deploy are done; this is what it told, and where. */
const DONE = {
  announce: {
    sent: [
      { channel: 'releases', ts: '1.0' },
      { channel: 'incidents', ts: '2.0' },
    ],
  },
  'back-up': {},
};

/** A release whose users came at second 0, its thread in Slack, and watches that follow each other. */
export async function openThread(
  transport: 'bot' | 'webhook' = 'bot',
  [command, from]: readonly ['deploy' | 'rollback', string] = ['deploy', 'v2.0.3'],
) {
  const store = new MemoryStore();
  let now = START;
  const clock = { now: () => new Date(now), monotonic: () => now, sleep: async () => undefined };
  const ledger = new MemoryLedger(store, { actor: 'Dana Ito', host: 'dana-mbp', clock });
  await makePast(ledger)(command, [from, 'v2.1.0'], 'completed', DONE);
  const slack = new MemorySlack({ releases: transport, incidents: transport, ops: 'webhook' }, () =>
    clock.now(),
  );
  const events = (type: LedgerEvent['type']) =>
    (store.scopes.get('rur2/production')?.events ?? []).filter((event) => event.type === type);
  return {
    ...{ store, slack, ledger, events },
    /** Of what people were told, the messages with this title. */
    texts: (title: RegExp) =>
      slack.messages
        .map(({ message }) => message.text)
        .filter((text) => title.test(text.split('\n')[0] ?? '')),
    clockAt: (second: number) => ({ ...clock, now: () => new Date(START + second * 1000) }),
    /** What somebody else does between two watches, at this second. */
    at: (second: number) => {
      now = START + second * 1000;
    },
    watch: (played: Partial<Played> & Pick<Played, 'script'>) =>
      play({ store, slack, ...played, runbook: { ...RUNBOOK, ...played.runbook } }),
  };
}
