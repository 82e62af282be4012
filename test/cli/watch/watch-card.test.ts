import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { makePast } from '../cli-world.ts';
import { type Played, play, START } from './live-world.ts';

const RUNBOOK = {
  services: {
    slack: {
      ...{ botToken: '$T', channels: { releases: { id: 'C0RELEASES' } } },
      routes: { 'release-start': ['releases'] },
    },
  },
};
const well = () => ({});
const down = new Error('nothing answers');

/** A release whose users came at second 0, the head of its thread, and every text that the head has had. */
async function openHead() {
  const store = new MemoryStore();
  const clock = { now: () => new Date(START), monotonic: () => START, sleep: async () => undefined };
  const slack = new MemorySlack({ releases: 'bot' }, () => clock.now());
  const head = await slack.post(
    'releases',
    { text: '🟢 Release v2.1.0: deployed, not watched yet', blocks: [] },
    { run: 'r-past-1', step: 'announce' },
  );
  const ledger = new MemoryLedger(store, { actor: 'Dana Ito', host: 'dana-mbp', clock });
  await makePast(ledger)('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { announce: { sent: [{ ...head }] } });
  const said: string[] = [];
  const update = slack.update.bind(slack);
  slack.update = async (sent, message) => {
    await update(sent, message);
    said.push(message.text);
  };
  return {
    ...{ said, slack },
    titles: () => said.map((text) => text.split('\n')[0]),
    watch: (played: Partial<Played> & Pick<Played, 'script'>) =>
      play({ store, slack, ...played, runbook: { ...RUNBOOK, ...played.runbook } }),
  };
}

const stateOf = (text: string | undefined): string | undefined => /^State: .*$/m.exec(text ?? '')?.[0];

describe('the head of a thread while its release is watched', () => {
  it('COM-02a: says until when it is watched, how it stands, and at the end that it is complete', async () => {
    const { watch, titles, said } = await openHead();
    await watch({ script: well });
    const watched = '👀 Release v2.1.0: deployed and watched until 12:25 EDT';
    expect(titles()).toEqual([watched, watched, watched, '✅ Release v2.1.0: complete']);
    expect(said.map(stateOf)).toEqual([
      expect.stringMatching(/^State: ⚠️ Not known: not measured enough/),
      expect.stringMatching(/^State: ⚠️ Not known: not measured enough/),
      'State: ✅ On track (read at 10:25 EDT)',
      undefined,
    ]);
    expect(said.join()).not.toMatch(/Please/);
  });

  it('COM-02b: has another word as soon as it stands otherwise, and says at the end that a rule calls it back', async () => {
    const { watch, titles, said } = await openHead();
    await watch({ script: (second) => (second > 900 ? down : {}) });
    expect(stateOf(said.at(-2))).toMatch(
      /^State: ⚠️ Minor issue: above a limit: failed-probes.*read at 10:40 EDT/,
    );
    expect(titles().at(-1)).toBe('🚨 Release v2.1.0: live, and a rule calls for its rollback');
    expect(said.at(-1)).toContain('Please make no production changes until it is decided');
  });

  it('COM-02a: goes on in the same head when a later watch goes on, and says where it was left', async () => {
    const { watch, titles, slack } = await openHead();
    const first = await watch({ script: well, stopsAt: 600 });
    expect(titles().at(-1)).toBe('👀 Release v2.1.0: deployed and watched until 12:25 EDT');
    await watch({ script: well, folder: first.folder, beginsAt: 660 });
    expect(titles().at(-1)).toBe('✅ Release v2.1.0: complete');
    expect(slack.messages.filter(({ marker }) => marker.step === 'announce')).toHaveLength(1);
  });

  it('F78: a head that nobody can rewrite holds nothing up, and is said once at the end', async () => {
    const { watch, slack } = await openHead();
    slack.update = () =>
      Promise.reject(
        new ReleaseError('E_SLACK_REFUSED', { what: 'Slack said no.', next: 'x', state: 'untouched' }),
      );
    const { result } = await watch({ script: well });
    expect(result).toMatchObject({ verdict: 'healthy' });
    expect(result.warnings.filter((line) => line.includes('head'))).toEqual([
      expect.stringMatching(
        /^The head of the thread in #releases does not say how it ended\. Slack said no\./,
      ),
    ]);
  });

  it('writes nothing for a single look', async () => {
    const { watch, said } = await openHead();
    await watch({ script: well, order: { once: true } });
    expect(said).toEqual([]);
  });
});
