import { describe, expect, it } from 'vitest';
import { MemoryLedger, MemoryStore } from '../../support/memory/ledger.ts';
import { makePast } from '../cli-world.ts';
import { type Played, play, START } from './live-world.ts';
import { openThread } from './told-world.ts';

const ROUTES = {
  services: {
    slack: {
      ...{ botToken: '$T', channels: { releases: { id: 'C0RELEASES' }, incidents: { id: 'C0INCIDENTS' } } },
      routes: { 'rollback-complete': ['incidents', 'releases'] },
    },
  },
};
const WHOLE = { order: { forMs: 900_000 } };
const TITLE = /Rollback (not )?confirmed/;
const GOOD = (): object => ({});
/** Six of a hundred fail, which calls people and nobody back. */
const POOR = (second: number, _path: string, nth: number) =>
  second > 700 && nth % 60 === 0 ? { status: 500 } : {};

async function openRollback() {
  const world = await openThread('bot', ['rollback', 'v2.2.0']);
  const watch = (played: Partial<Played> = {}) =>
    world.watch({ script: GOOD, ...WHOLE, ...played, runbook: { ...ROUTES, ...played.runbook } });
  return { ...world, watch, told: () => world.texts(TITLE).map((text) => text.split('\n')[0]) };
}

describe('E-22: the thread of a rollback is told what real traffic has shown', () => {
  it('in every channel of its end, as an answer to its beginning, and mentions nobody', async () => {
    const { watch, slack, told } = await openRollback();
    const { stderr } = await watch();
    const title = '✅ Rollback confirmed: v2.1.0 is good with real traffic';
    expect(told()).toEqual([title, title]);
    expect(slack.messages.map(({ channel, thread }) => [channel, thread])).toEqual([
      ['incidents', '2.0'],
      ['releases', '1.0'],
    ]);
    expect(JSON.stringify(slack.messages.map(({ message }) => message))).not.toMatch(/<[@!]/);
    expect(slack.messages[0]?.message.text).toContain('15 min of real traffic, nothing above its limit');
    expect(stderr()).toContain('#incidents, #releases was told that v2.1.0 is confirmed');
  });

  it('once: a later watch of the same rollback tells nobody anew', async () => {
    const { watch, told } = await openRollback();
    const first = await watch();
    await watch({ folder: first.folder, beginsAt: 1000 });
    expect(told()).toHaveLength(2);
  });

  it('once also where the ledger forgot that it was told', async () => {
    const { watch, told } = await openRollback();
    const refused = (_: number, type: string) => (type === 'fact' ? new Error('away') : undefined);
    const first = await watch({ note: refused });
    await watch({ folder: first.folder, beginsAt: 1000 });
    expect(told()).toHaveLength(2);
  });

  it('each outcome once: that it is not confirmed, and that it is by then', async () => {
    const { watch, told } = await openRollback();
    const first = await watch({ script: POOR });
    expect(first.result.result.confirmation).toMatchObject({ outcome: 'unconfirmed' });
    await watch({ folder: first.folder, beginsAt: 1000 });
    expect(told().map((title) => title?.includes('not confirmed'))).toEqual([true, true, false, false]);
  });

  it('not of a watch that somebody left before its end', async () => {
    const { watch, told } = await openRollback();
    await watch({ stopsAt: 100 });
    expect(told()).toEqual([]);
  });

  it('of an outcome that was recorded and that nobody was told of, by the next watch', async () => {
    const { watch, told, slack } = await openRollback();
    slack.failNext('incidents', new Error('gone'));
    slack.failNext('releases', new Error('gone'));
    const first = await watch();
    expect(first.result.result.confirmation).toMatchObject({ outcome: 'confirmed' });
    expect(told()).toEqual([]);
    await watch({ folder: first.folder, beginsAt: 1300 });
    expect(told()).toHaveLength(2);
  });
});

describe('a rollback that ended with 7', () => {
  it('is confirmed by no watch before it is over, which says so and how', async () => {
    const store = new MemoryStore();
    const clock = { now: () => new Date(START), monotonic: () => 0, sleep: async () => undefined };
    const past = makePast(new MemoryLedger(store, { actor: 'Dana Ito', host: 'dana-mbp', clock }));
    await past('deploy', ['v2.0.3', 'v2.1.0']);
    const run = await past('rollback', ['v2.2.0', 'v2.1.0'], 'failed');
    const { result, stderr } = await play({ script: GOOD, ...WHOLE, store });
    expect(result.result.confirmation).toMatchObject({
      outcome: 'unconfirmed',
      said: expect.stringContaining(`its rollback ${run} is not over: release rollback --resume`),
    });
    expect(result.next).toEqual(['release rollback --resume --env production']);
    expect(stderr()).toMatch(/is not over, so that this watch\s+confirms nothing/);
    const facts = store.scopes.get('rur2/production')?.events.filter(({ type }) => type === 'fact');
    expect(facts).toEqual([]);
  });
});
