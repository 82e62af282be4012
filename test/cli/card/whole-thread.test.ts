import { afterEach, describe, expect, it } from 'vitest';
import { readReleaseNotes } from '../../../src/domain/release-notes.ts';
import { refuseBlocks } from '../../../src/sandbox/servers/slack/block-limits.ts';
import { makeDeployPlan } from '../../support/announcing.ts';
import { openThreadWorld, type ThreadWorld } from '../../support/thread/open-thread-world.ts';

let world: ThreadWorld;
afterEach(() => world.close());

/** A changelog of so many commits, half of them features. */
function notesOf(commits: number) {
  const lines = (word: string): string[] =>
    Array.from({ length: commits / 2 }, (_, n) => `- **${word} ${n + 1}**: for <!channel> & \`all\``);
  const changelog = ['## 2.1.0', '### Features', ...lines('Feature'), '### Fixes', ...lines('Fix')];
  return readReleaseNotes(changelog.join('\n'), 'v2.1.0');
}

const deploy = (commits: number) =>
  world.run(makeDeployPlan(world.runbook, { pending: ['0043_exports'], notes: notesOf(commits) }), 'r-7f3a');

const everything = () => world.server.messages();

function expectReadable(): void {
  for (const { text, blocks, earlier } of everything()) {
    for (const said of [text, ...earlier.map((one) => one.text)])
      expect(said).not.toMatch(/\*\*|undefined|�/);
    expect(JSON.stringify(blocks)).not.toMatch(/\*\*|<!|<@U(?!0)/);
    expect(refuseBlocks(blocks)).toBeUndefined();
  }
}

describe.each(['bot', 'webhook'] as const)('the whole thread of a release, by %s', (transport) => {
  it.each([
    { commits: 0, says: /^(?!.*What's new)/s },
    { commits: 200, says: /and 95 more/ },
    { commits: 1000, says: /and 495 more/ },
  ])('COM-01d, E-91, E-107, T12, T13: is what a person wants to read, with $commits commits', async (one) => {
    world = await openThreadWorld({ transport });
    expect((await deploy(one.commits)).verdict).toBe('completed');
    expect(everything()).toHaveLength(4);
    const [start] = world.heads('releases');
    expect(start?.text).toMatch(one.says);
    expectReadable();
  });
});
