import { ReleaseError } from '../../domain/failure.ts';
import { atSpeed, type Scene, sayExit } from '../../sandbox/scenarios/story.ts';
import { tellWorld } from '../../sandbox/world/ask-world.ts';
import type { WorldFile } from '../../sandbox/world/world-file.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { withWired } from '../with-wired.ts';
import { runRelease } from './run-release.ts';
import { usualRounds } from './send-users.ts';

export interface Stage {
  readonly world: WorldFile;
  readonly context: CliContext;
  /** True: the sandbox is gone when the story ends. */
  readonly isLeft: boolean;
}

const otherwise = (what: string): ReleaseError =>
  new ReleaseError('E_STORY', {
    what: `The story did not go as written: ${what}.`,
    next: 'Look at the lines above. A machine that is busy answers too late for a smoke test or a watch: try again then. release demo up leaves the sandbox for a closer look.',
    state: 'untouched',
  });

/** Looks at the sandbox as any command would, with its own configuration. */
const withSandbox = <T>({ world, context }: Stage, work: (wired: Wired) => Promise<T>): Promise<T> =>
  withWired({ ...context, flags: { ...context.flags, config: world.config } }, work);

async function playRun(scene: Extract<Scene, { kind: 'run' }>, stage: Stage): Promise<void> {
  const { exit, killAt } = scene;
  const { world, context, isLeft } = stage;
  const words = scene.words.map((word) => atSpeed(word, world.speed));
  const wish = { words, config: world.config, isLeft, ...(killAt === undefined ? {} : { killAt }) };
  const code = await runRelease(wish, context);
  if (context.stop.stopping) return;
  const said = sayExit(scene, code);
  if (said === undefined)
    throw otherwise(`"release ${words.join(' ')}" ended with ${code}, not with ${exit}`);
  context.out.result(`  ${atSpeed(said, world.speed)}`);
}

/** Nobody signs in a demo: who would have to is read from the configuration and only named. */
const playSignOffs = (scene: Extract<Scene, { kind: 'sign-offs' }>, stage: Stage): Promise<void> =>
  withSandbox(stage, async ({ runbook }) => {
    const decision = runbook.decisions?.[scene.point];
    for (const role of decision?.roles ?? []) {
      const person = Object.values(runbook.people).find((one) => one.roles.includes(role));
      const title = runbook.roles[role]?.title ?? role;
      stage.context.out.result(
        `  ◌ ${title.padEnd(18)} ${(person?.name ?? 'nobody').padEnd(16)} GO   (simulated)`,
      );
    }
  });

/** They stay to the end of the story: behind maintenance they wait, as people do. */
async function playUsers(
  { minutes }: Extract<Scene, { kind: 'users' }>,
  { world, context }: Stage,
): Promise<void> {
  const perSecond = usualRounds(world);
  await tellWorld(world, '/users', { perSecond });
  context.out.result(
    `  ${perSecond} rounds of requests a second; ${world.speed} of their seconds pass in one of yours`,
  );
  await context.clock.sleep((minutes * 60_000) / world.speed, context.stop.signal).catch(() => undefined);
}

/** Plays one scene for real. Throws E_STORY when it ends otherwise than it is written. */
export async function playScene(scene: Scene, stage: Stage): Promise<void> {
  switch (scene.kind) {
    case 'run':
      return playRun(scene, stage);
    case 'break':
      return tellWorld(stage.world, `/break/${scene.what}`);
    case 'mend':
      return tellWorld(stage.world, `/mend/${scene.what}`);
    case 'bad-release':
      return tellWorld(stage.world, '/prepare-bad');
    case 'sign-offs':
      return playSignOffs(scene, stage);
    case 'users':
      return playUsers(scene, stage);
  }
}
