import { rmSync } from 'node:fs';
import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { wrapWords } from '../../report/table.ts';
import { makeReachableFolder } from '../../sandbox/postgres/drop-privileges.ts';
import { findStory, STORIES } from '../../sandbox/scenarios/stories.ts';
import type { Story } from '../../sandbox/scenarios/story.ts';
import { tellWorld } from '../../sandbox/world/ask-world.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit.ts';
import { asTyped } from './as-typed.ts';
import { standingFolder } from './find-world.ts';
import { sendUsers } from './send-users.ts';
import { breakWorld, bringDown, bringUp, mendWorld } from './standing-world.ts';
import { startWorldProcess } from './start-world-process.ts';
import { tellStory } from './tell-story.ts';

const DEFAULT = 'bad-deploy';
const OPENING = [
  'SANDBOX   Real PostgreSQL, real git, real HTTP, all on this machine. Neon,',
  '          Stripe, Slack, GitHub and the host are servers that speak their',
  '          protocols.',
];
const VERBS = ['up', 'down', 'break', 'mend', 'users'];

const unknownStory = (word: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `There is no story "${word}".${didYouMean(word, [...STORIES.map(({ name }) => name), ...VERBS])}`,
    next: 'release demo --list',
    state: 'untouched',
  });

const badSpeed = (typed: string): ReleaseError =>
  new ReleaseError('E_FLAG_VALUE', {
    what: `--speed takes a number from 1 to 600, got "${typed.slice(0, 20)}".`,
    next: 'release demo --speed 60',
    state: 'untouched',
  });

function readSpeed(typed: unknown): number {
  const speed = typed === undefined ? 60 : Number(typed);
  if (!Number.isFinite(speed) || speed < 1 || speed > 600) throw badSpeed(String(typed));
  return speed;
}

/** A newcomer waits for four publishes in one story. */
const STORY_PACE = 2;
const NAME_WIDTH = 12;

/** A story's name, and beside it what it is about. */
const sayStory = ({ name, about }: Story): string[] =>
  wrapWords(about, 80 - NAME_WIDTH - 3).map(
    (line, i) => `  ${(i === 0 ? name : '').padEnd(NAME_WIDTH)} ${line}`,
  );

const listStories = (): CommandResult => ({
  exitCode: EXIT.ok,
  result: { stories: STORIES.map(({ name, about }) => ({ name, about })) },
  text: STORIES.flatMap(sayStory).join('\n'),
  next: [],
  warnings: [],
  sandbox: true,
});

/** A story in a sandbox of its own, which is gone afterwards; with --keep it is the standing one and stays. */
async function playStory(story: Story, options: CommandOptions, context: CliContext): Promise<CommandResult> {
  const { out, cwd } = context;
  const speed = readSpeed(options.speed);
  const stays = options.keep === true;
  if (stays) await bringDown(context);
  const folder = stays ? standingFolder(cwd) : makeReachableFolder('release-demo-');
  for (const line of OPENING) out.result(line);
  const world = await startWorldProcess({
    folder,
    speed,
    stays,
    pace: STORY_PACE,
    say: (part) => out.note(`  starting ${part}`),
  });
  try {
    const stage = { world: world.file, context, isLeft: !stays };
    const told = await tellStory(story, stage, options.step === true);
    if (!stays) return told;
    await tellWorld(world.file, '/users', { perSecond: 0 });
    return { ...told, next: [`release status --config ${world.file.config}`, 'release demo down'] };
  } finally {
    if (!stays) out.note('  ending the sandbox');
    await world.end();
    if (!stays) rmSync(folder, { recursive: true, force: true });
  }
}

function play([word = DEFAULT, what]: readonly string[], options: CommandOptions, context: CliContext) {
  if (options.list === true) return listStories();
  if (word === 'up') return bringUp(readSpeed(options.speed), context);
  if (word === 'down') return bringDown(context);
  if (word === 'break') return breakWorld(what, context);
  if (word === 'mend') return mendWorld(what, context);
  if (word === 'users') return sendUsers(what, context);
  const story = findStory(word);
  if (story === undefined || what !== undefined) throw unknownStory(what ?? word);
  return playStory(story, options, context);
}

/** `release demo`: a story, or a sandbox that stays (ux 2.22). */
export async function runDemo(
  args: readonly string[],
  options: CommandOptions,
  context: CliContext,
): Promise<CommandResult> {
  const ended = await play(args, options, context);
  return { ...ended, next: ended.next.map((line) => asTyped(line, context.env)) };
}
