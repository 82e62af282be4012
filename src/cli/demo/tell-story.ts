import { sayDuration } from '../../domain/duration.ts';
import { makePaint } from '../../report/color.ts';
import { wrapWords } from '../../report/table.ts';
import { atSpeed, type Scene, type Story } from '../../sandbox/scenarios/story.ts';
import { readWorld } from '../../sandbox/world/ask-world.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { listReports } from './list-reports.ts';
import { playScene, type Stage } from './play-scene.ts';
import { saySlack } from './say-slack.ts';

const COLUMNS = 80;
const SIGN = ' SANDBOX ';

const quote = (word: string): string => (/\s/.test(word) ? `"${word}"` : word);

const MARGIN = '   $ ';

/** The command as a shell takes it, in lines that fit beside the number of the scene, or below it. */
function sayCommand(scene: Scene, head: string, speed: number): readonly string[] {
  if (scene.kind !== 'run') return [''];
  const words = atSpeed(`release ${scene.words.map(quote).join(' ')}`, speed);
  const margin = head.length + MARGIN.length;
  const lines = wrapWords(words, COLUMNS - margin - 2);
  return lines.map((line, i) => {
    const goesOn = i < lines.length - 1 ? ' \\' : '';
    return `${i === 0 ? MARGIN : ' '.repeat(margin)}${line}${goesOn}`;
  });
}

/** `SANDBOX  2 of 7   $ release preflight v2.1.0`, and what it is about. */
function announce(scene: Scene, at: number, total: number, { context, world }: Stage): void {
  const { out, terminal } = context;
  const paint = makePaint(terminal.color.stdout);
  out.result('');
  const nth = `  ${at} of ${total}`;
  const [first = '', ...more] = sayCommand(scene, `${SIGN}${nth}`, world.speed);
  out.result(`${paint.alarm(SIGN)}${nth}${paint.bold(first)}`);
  for (const line of more) out.result(paint.bold(line));
  for (const line of wrapWords(atSpeed(scene.says, world.speed), COLUMNS - 2)) out.result(`  ${line}`);
  out.result('');
}

async function waitForReader(isStepping: boolean, { ask, terminal }: CliContext): Promise<void> {
  if (isStepping && terminal.canAsk) await ask.type({ question: 'Enter goes on', flag: 'no --step' });
}

const SLACK_PAGE = '.release/demo/slack.html';

/** What people read meanwhile, and where the whole of it lies. */
async function showSlack({ world, context }: Stage): Promise<void> {
  const { out } = context;
  const lines = saySlack(await readWorld(world, '/slack.txt'));
  out.result('');
  out.result(`What people saw in Slack: ${lines.length === 0 ? 'nothing, nobody was told' : ''}`.trimEnd());
  for (const line of lines) out.result(line);
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
    announce(scene, i + 1, story.scenes.length, stage);
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
    text: [
      '',
      `  ✔ ${story.name}, ${story.scenes.length} scenes, ${took}`,
      ...wrapWords(story.moral, COLUMNS - 4).map((line) => `    ${line}`),
      `    Slack as people saw it: ${SLACK_PAGE}`,
      ...listReports(story).map((file) => `    The report of it:       ${file}`),
    ].join('\n'),
    next: ['release demo up', 'release demo --list', 'release config check'],
    warnings: [],
    sandbox: true,
  };
}
