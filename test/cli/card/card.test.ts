import { afterEach, describe, expect, it } from 'vitest';
import { makeCardKeeper } from '../../../src/cli/card/make-card-keeper.ts';
import { showCard } from '../../../src/cli/card/show-card.ts';
import { abandonRun } from '../../../src/engine/start-run.ts';
import { makeDeployPlan, makeRollbackPlan } from '../../support/announcing.ts';
import {
  breakDown,
  openThreadWorld,
  type ThreadWorld,
  titleOf,
} from '../../support/thread/open-thread-world.ts';

let world: ThreadWorld;
afterEach(() => world.close());

const deployPlan = () => makeDeployPlan(world.runbook, { pending: ['0043_exports'] });
const rollbackPlan = () =>
  makeRollbackPlan(world.runbook, { kind: 'none' } as never, { from: 'v2.1.0', to: 'v2.0.3' as never });
const head = (channel = 'releases', nth = 0) =>
  world.heads(channel)[nth] ?? { text: '', earlier: [], ts: '' };
const UPDATE = /chat\.update$/;

/** While this step is under way, the card comes to say so. */
const seen = (words: string) => () => world.until(() => titleOf(head()).includes(words));

describe('the head of a thread', () => {
  it('COM-02a, COM-02c: says phase by phase how far it is, in one message that is rewritten', async () => {
    world = await openThreadWorld({
      during: {
        'maintenance-on': seen('keeping what is live safe'),
        'migrate:0043_exports': seen('migrating the database'),
        publish: seen('publishing'),
        'maintenance-off': seen('letting users in'),
      },
    });
    expect((await world.run(deployPlan(), 'r-7f3a')).verdict).toBe('completed');
    const { earlier, text, ts } = head();
    expect(earlier.map(titleOf)).toEqual([
      '🚀 Release v2.1.0: deployment starting',
      '🔄 Release v2.1.0: keeping what is live safe',
      '🔄 Release v2.1.0: migrating the database',
      ...earlier.slice(3, -1).map(titleOf),
      '🔄 Release v2.1.0: letting users in',
    ]);
    // Each phase stands there once: whoever reads what it said before reads nothing twice.
    expect(new Set(earlier.map(titleOf)).size).toBe(earlier.length);
    expect(titleOf({ text })).toBe('🟢 Release v2.1.0: deployed, not watched yet');
    expect(text).toMatch(/Led by: Dana Ito/);
    expect(world.heads('releases')).toHaveLength(1);
    const replies = world.server.messages().filter(({ thread }) => thread !== undefined);
    expect(replies.map(({ thread }) => thread)).toEqual([ts, ts]);
  });

  it('COM-01g, COM-02a: promises updates where they come, and sends nobody to a thread that stays empty', async () => {
    world = await openThreadWorld({ during: { publish: breakDown } });
    await world.run(deployPlan(), 'r-7f3a');
    expect(head().text).toContain('Rewritten at each phase; the thread has the rest');
    expect(head('engineering').text).toContain('Rewritten at each phase; the rest is in #releases');
    const said = (channel: string) => head(channel).earlier[0]?.text;
    expect(said('releases')).toMatch(/Status updates: .* in this thread/);
    expect(said('engineering')).toMatch(/Status updates: .* in #releases/);
  });

  it('COM-02a: without a bot token nothing is rewritten, and every message stands for itself', async () => {
    world = await openThreadWorld({ transport: 'webhook' });
    await world.run(deployPlan(), 'r-7f3a');
    expect(world.updates()).toBe(0);
    const texts = world.heads('releases').map(({ text }) => text);
    expect(texts.map((text) => titleOf({ text }))).toEqual([
      '🚀 Release v2.1.0: deployment starting',
      expect.stringMatching(/^v2\.1\.0 · T\+\d+ min$/),
      expect.stringMatching(/^v2\.1\.0 · T\+\d+ min$/),
    ]);
    expect(texts[0]).toContain('in this channel, as separate messages');
    expect(texts.join('\n')).not.toContain('in this thread');
  });

  it('says where a release has stopped and why, and after its rollback that it is back', async () => {
    world = await openThreadWorld({ during: { publish: breakDown } });
    expect((await world.run(deployPlan(), 'r-7f3a')).verdict).toBe('failed');
    expect(titleOf(head())).toBe('🛑 Release v2.1.0: stopped in publishing');
    expect(head().text).toContain('Why: The build of v2.1.0 failed.');
    expect(head().text).toContain('Please make no production changes: this run has stopped half way.');
    world.mend('publish');
    expect((await world.run(rollbackPlan(), 'r-back', 'rollback')).verdict).toBe('completed');
    expect(titleOf(head())).toBe('⏪ Release v2.1.0: rolled back to v2.0.3');
    expect(head().text).not.toMatch(/Please|kept out|maintenance mode since/);
    expect(titleOf(head('incidents'))).toMatch(/Rollback to v2.0.3: over/);
    expect(titleOf(head('incidents').earlier[0] ?? head())).toBe('🚨 Rollback in progress: release v2.1.0');
    expect(head('incidents').text).not.toMatch(/no production changes|in progress/);
    const before = head('incidents').earlier.map(titleOf);
    expect(new Set(before).size).toBe(before.length);
    // What it brought, and when, is taken back with it.
    expect(head().text).not.toMatch(/What's new|Window:|Answering/);
  });

  it('goes on in the same message when another operator goes on with the run', async () => {
    world = await openThreadWorld({ during: { publish: breakDown } });
    await world.run(deployPlan(), 'r-7f3a');
    const { ts } = head();
    world.mend('publish');
    expect((await world.resume('deploy')).verdict).toBe('completed');
    expect(world.heads('releases').map((one) => [one.ts, titleOf(one)])).toEqual([
      [ts, '🟢 Release v2.1.0: deployed, not watched yet'],
    ]);
  });

  it('says of a run that was given up that nothing was taken back', async () => {
    world = await openThreadWorld({ during: { publish: breakDown } });
    await world.run(deployPlan(), 'r-7f3a');
    const { ledger, scope } = world.wired;
    await abandonRun({ ledger, scope, actor: 'Dana Ito', reason: 'the build is broken', takeover: false });
    expect(await showCard('r-7f3a', world.wired)).toEqual([]);
    expect(titleOf(head())).toBe('⚠️ Release v2.1.0: given up half way');
    expect(head().text).toContain('Why: the build is broken');
    expect(head().text).toContain('nothing was taken back');
  });

  it('F53: waits as long as Slack asks before it rewrites, and holds up no step meanwhile', async () => {
    world = await openThreadWorld();
    const busy = { status: 429, headers: { 'retry-after': '3' }, json: { ok: false, error: 'ratelimited' } };
    world.server.addFault({ path: UPDATE, times: 2, answer: busy });
    const { verdict } = await world.run(deployPlan(), 'r-7f3a');
    expect([verdict, world.stderr()]).toEqual(['completed', '']);
    expect(titleOf(head())).toBe('🟢 Release v2.1.0: deployed, not watched yet');
    expect(world.heads('releases')).toHaveLength(1);
  });

  it('F78: a Slack that refuses every rewriting stops nothing, and it is said once that the head is old', async () => {
    world = await openThreadWorld();
    const gone = { status: 200, json: { ok: false, error: 'cant_update_message' } };
    world.server.addFault({ path: UPDATE, times: 1000, answer: gone });
    expect((await world.run(deployPlan(), 'r-7f3a')).verdict).toBe('completed');
    expect(titleOf(head())).toBe('🚀 Release v2.1.0: deployment starting');
    const lines = world
      .stderr()
      .split('\n')
      .filter((line) => line.includes('head of the thread'));
    expect(lines).toEqual([
      expect.stringContaining(
        '#releases does not say how it ended. Slack #releases was not reached (cant_update_message).',
      ),
      expect.stringContaining('#engineering does not say how it ended.'),
    ]);
  });
});

describe('whoever has lost the lock', () => {
  it('F29: writes nothing over what its successor wrote', async () => {
    world = await openThreadWorld({ during: { publish: breakDown } });
    await world.run(deployPlan(), 'r-7f3a');
    const before = world.updates();
    const keeper = makeCardKeeper('r-7f3a', world.wired, () => false);
    keeper.show(await world.events());
    expect(await keeper.close()).toEqual([]);
    expect(world.updates()).toBe(before);
  });
});
