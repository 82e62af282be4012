import { ReleaseError } from '../../domain/failure.ts';
import type { Scene } from '../../sandbox/scenarios/story.ts';
import { tellWorld } from '../../sandbox/world/ask-world.ts';
import type { WorldFile } from '../../sandbox/world/world-file.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { withWired } from '../with-wired.ts';
import { runRelease } from './run-release.ts';
import { watchErrors } from './watch-errors.ts';

export interface Stage {
  readonly world: WorldFile;
  readonly speed: number;
  readonly context: CliContext;
}

const ROUNDS_PER_SECOND = 25;

const otherwise = (what: string): ReleaseError =>
  new ReleaseError('E_STORY', {
    what: `The story did not go as written: ${what}.`,
    next: 'Look at the lines above; release demo up leaves the sandbox for a closer look.',
    state: 'untouched',
  });

/** Looks at the sandbox as any command would, with its own configuration. */
const withSandbox = <T>({ world, context }: Stage, work: (wired: Wired) => Promise<T>): Promise<T> =>
  withWired({ ...context, flags: { ...context.flags, config: world.config } }, work);

async function playRun(scene: Extract<Scene, { kind: 'run' }>, stage: Stage): Promise<void> {
  const { words, exit, killAt } = scene;
  const { world, context } = stage;
  const wish = { words, config: world.config, ...(killAt === undefined ? {} : { killAt }) };
  const code = await runRelease(wish, context);
  if (context.stop.stopping) return;
  if (code !== exit) throw otherwise(`"release ${words.join(' ')}" ended with ${code}, not with ${exit}`);
  context.out.result(`  exit ${code}`);
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

async function playWatch(scene: Extract<Scene, { kind: 'watch' }>, stage: Stage): Promise<void> {
  const { world, speed, context } = stage;
  await tellWorld(world, '/users', { perSecond: ROUNDS_PER_SECOND });
  try {
    const order = { version: scene.version, minutes: scene.minutes, speed };
    const fired = await withSandbox(stage, (wired) => watchErrors(order, context, wired));
    if (context.stop.stopping) return;
    if (fired === undefined && scene.ends === 'fires') throw otherwise('no rule fired');
    if (fired !== undefined && scene.ends === 'quiet') throw otherwise(`the rule ${fired.row} fired`);
    const lasted = Math.round((fired?.needMs ?? 0) / 60_000);
    context.out.result(
      fired === undefined
        ? '  nothing above its limit'
        : `  ████ ROLL BACK (${fired.level}, ${fired.row})   errors above ${fired.bound} % for ${lasted} min`,
    );
  } finally {
    await tellWorld(world, '/users', { perSecond: 0 });
  }
}

/** Plays one scene for real. Throws E_STORY when it ends otherwise than it is written. */
export async function playScene(scene: Scene, stage: Stage): Promise<void> {
  switch (scene.kind) {
    case 'say':
      return;
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
    case 'watch':
      return playWatch(scene, stage);
  }
}
