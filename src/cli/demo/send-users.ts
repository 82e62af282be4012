import { relative } from 'node:path';
import { ReleaseError } from '../../domain/failure.ts';
import { tellWorld } from '../../sandbox/world/ask-world.ts';
import type { WorldFile } from '../../sandbox/world/world-file.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { needWorld } from './find-world.ts';
import { sandboxResult } from './sandbox-result.ts';

/** A minute with fewer than twenty requests of a kind says nothing; a machine with much to do sends a few less. */
const ROUNDS_PER_MINUTE = 25;
/** More than that is no test of a release, but of the machine that plays it. */
const MOST_ROUNDS = 200;

/** Rounds of users a second of which each minute of a sandbox has enough to be judged by. */
export const usualRounds = ({ speed }: Pick<WorldFile, 'speed'>): number =>
  Math.min(MOST_ROUNDS, (ROUNDS_PER_MINUTE * speed) / 60);

function readRounds(typed: string): number {
  const rounds = Number(typed);
  if (typed.trim() !== '' && rounds >= 0 && rounds <= MOST_ROUNDS) return rounds;
  throw new ReleaseError('E_ARGUMENTS', {
    what: `Users come in rounds a second, from 0 to ${MOST_ROUNDS}, got "${typed.slice(0, 20)}".`,
    next: 'release demo users 25   and 0 sends them away',
    state: 'untouched',
  });
}

/** Sends users to the sandbox of this folder, or with 0 away from it. Throws E_SANDBOX where none is up. */
export async function sendUsers(typed: string | undefined, { cwd }: CliContext): Promise<CommandResult> {
  const wanted = typed === undefined ? undefined : readRounds(typed);
  const world = needWorld(cwd);
  const perSecond = wanted ?? usualRounds(world);
  await tellWorld(world, '/users', { perSecond });
  if (perSecond === 0) return sandboxResult('Nobody uses the application now.', [], { perSecond });
  const use = `--time-scale ${world.speed} --interval 2s --config ${relative(cwd, world.config)}`;
  const said = `Users are here: ${perSecond} rounds of requests a second, each with a login's page, a list and a payment's delivery.`;
  return sandboxResult(said, [`release watch --for 12m ${use}`, 'release demo users 0'], { perSecond });
}
