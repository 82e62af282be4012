import { relative } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { tellWorld } from '../../sandbox/world/ask-world.ts';
import { isTrouble, TROUBLES, type Trouble } from '../../sandbox/world/troubles.ts';
import { isUp, removeWorld, type WorldFile } from '../../sandbox/world/world-file.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { findWorld, needWorld, standingFolder } from './find-world.ts';
import { sandboxResult } from './sandbox-result.ts';
import { startWorldProcess } from './start-world-process.ts';

function sayUp({ config, app, staging, control }: WorldFile, { cwd }: CliContext): CommandResult {
  const shown = relative(cwd, config) || config;
  const use = `--config ${shown}`;
  const text = [
    'SANDBOX is up: v2.0.3 is live, v2.1.0 is prepared and on staging.',
    '',
    `  application    ${app}`,
    `  staging        ${staging}`,
    `  Slack          ${control}/slack.html`,
    `  status page    ${control}/status.html`,
    `  configuration  ${shown}   (secrets beside it, in .env.runbook)`,
    '',
    'Point any command at it:',
    `  export RELEASE_CONFIG=${config}`,
  ].join('\n');
  const next = [
    `release preflight v2.1.0 ${use}`,
    `release parity ${use}`,
    'release demo users',
    `release deploy v2.1.0 ${use}`,
    'release demo break app',
    'release demo down',
  ];
  return sandboxResult(text, next, {
    config,
    app,
    staging,
    slack: `${control}/slack.html`,
    statusPage: `${control}/status.html`,
  });
}

/** Starts the sandbox of this folder, or says that it is up already. */
export async function bringUp(speed: number, context: CliContext): Promise<CommandResult> {
  const { cwd, out } = context;
  const running = findWorld(cwd);
  if (running !== undefined) return sayUp(running, context);
  removeWorld(standingFolder(cwd));
  const say = (part: string): void => out.note(`  starting ${part}`);
  const { file } = await startWorldProcess({ folder: standingFolder(cwd), speed, stays: true, say });
  return sayUp(file, context);
}

const PAUSE_MS = 50;
const PATIENCE = 200;

/** Ends the sandbox of this folder and removes what it left; says so when there is none. */
export async function bringDown({ cwd, clock }: CliContext): Promise<CommandResult> {
  const world = findWorld(cwd);
  if (world !== undefined) {
    await tellWorld(world, '/down').catch(() => void process.kill(world.pid, 'SIGTERM'));
    for (let tries = 0; tries < PATIENCE && isUp(world); tries += 1) await clock.sleep(PAUSE_MS);
  }
  removeWorld(standingFolder(cwd));
  return sandboxResult(world === undefined ? 'There is no sandbox here.' : 'The sandbox is gone.', []);
}

const list = (): string =>
  Object.entries(TROUBLES)
    .map(([name, about]) => `  ${name.padEnd(13)} ${about}`)
    .join('\n');

function readTrouble(what: string): Trouble {
  if (isTrouble(what)) return what;
  throw new ReleaseError('E_ARGUMENTS', {
    what: `Nothing in the sandbox is called "${what}".${didYouMean(what, Object.keys(TROUBLES))}`,
    next: 'release demo break   lists what there is',
    state: 'untouched',
  });
}

async function change(
  way: 'break' | 'mend',
  what: string | undefined,
  { cwd }: CliContext,
): Promise<CommandResult> {
  if (what === undefined) return sandboxResult(list(), []);
  const trouble = readTrouble(what);
  await tellWorld(needWorld(cwd), `/${way}/${trouble}`);
  const said = way === 'break' ? `Broken: ${TROUBLES[trouble]}.` : `Mended: ${trouble}.`;
  return sandboxResult(said, way === 'break' ? [`release demo mend ${trouble}`] : []);
}

/** Breaks one thing of the sandbox; without a name it lists what can be broken. */
export const breakWorld = (what: string | undefined, context: CliContext): Promise<CommandResult> =>
  change('break', what, context);

/** Mends it again. */
export const mendWorld = (what: string | undefined, context: CliContext): Promise<CommandResult> =>
  change('mend', what, context);
