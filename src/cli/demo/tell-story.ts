import { sayDuration } from '../../domain/duration.ts';
import { makePaint } from '../../report/color.ts';
import type { Scene, Story } from '../../sandbox/scenarios/story.ts';
import { readWorld } from '../../sandbox/world/ask-world.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { playScene, type Stage } from './play-scene.ts';
import { saySlack } from './say-slack.ts';

const quote = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);

const commandOf = (scene: Scene): string =>
  scene.kind === 'run' ? `   $ release ${scene.words.map(quote).join(' ')}` : '';

/** `SANDBOX  2 of 7   $ release preflight v2.1.0`, and what it is about. */
function announce(scene: Scene, at: number, total: number, { out, terminal }: CliContext): void {
  const paint = makePaint(terminal.color.stdout);
  out.result('');
  out.result(`${paint.alarm(' SANDBOX ')}  ${at} of ${total}${paint.bold(commandOf(scene))}`);
  out.result(`  ${scene.says}`);
  out.result('');
}

async function waitForReader(isStepping: boolean, { ask, terminal }: CliContext): Promise<void> {
  if (isStepping && terminal.canAsk) await ask.type({ question: 'Enter goes on', flag: 'no --step' });
}

const SLACK_PAGE = '.release/demo/slack.html';

/** What people read meanwhile, and where the whole of it lies. */
async function showSlack({ world, context }: Stage): Promise<void> {
  const { out } = context;
  out.result('');
  out.result('What people saw in Slack:');
  for (const line of saySlack(await readWorld(world, '/slack.txt'))) out.result(line);
  out.file(SLACK_PAGE, await readWorld(world, '/slack.html'));
}

const stopped = ({ stop }: CliContext): CommandResult => ({
  exitCode: stop.exitCode,
  verdict: 'stopped',
  result: {},
  text: 'The story was stopped; its sandbox is gone.',
  next: [],
  warnings: [],
  sandbox: true,
});

/** Tells a story from its first scene to its last; every command in it is this very program at work. */
export async function tellStory(story: Story, stage: Stage, isStepping: boolean): Promise<CommandResult> {
  const { context } = stage;
  const start = context.clock.monotonic();
  for (const [i, scene] of story.scenes.entries()) {
    if (context.stop.stopping) return stopped(context);
    announce(scene, i + 1, story.scenes.length, context);
    await waitForReader(isStepping, context);
    await playScene(scene, stage);
  }
  if (context.stop.stopping) return stopped(context);
  await showSlack(stage);
  const took = sayDuration(context.clock.monotonic() - start);
  return {
    exitCode: EXIT.ok,
    verdict: 'completed',
    result: { story: story.name, scenes: story.scenes.length, slack: SLACK_PAGE },
    text: `\n  ✔ ${story.name}, ${story.scenes.length} scenes, ${took}\n    ${story.moral}\n    Slack as people saw it: ${SLACK_PAGE}`,
    next: ['release demo --list', 'release demo up', 'release config check'],
    warnings: [],
    sandbox: true,
  };
}
