import type { World } from '../../src/sandbox/world/start-world.ts';
import type { Chance } from '../simulation/chance.ts';
import type { Ended } from '../support/run-bin.ts';
import type { Machine, Machines } from './open-machines.ts';
import { type Command, namesAhead, readRuns } from './read-runs.ts';
import { chooseShot, type Point, type Shot, takeAim } from './shots.ts';
import type { PushWatch } from './watch-pushes.ts';

/** A kill that hit: the program was at work, and is gone. */
export interface Hit extends Shot {
  readonly command: Command;
  readonly machine: string;
  /** The step that the program said last. */
  readonly step: string;
}

export interface Stage {
  readonly world: World;
  readonly machines: Machines;
  readonly pushes: PushWatch;
  readonly chance: Chance;
  /** Kinds of moments to choose from. */
  readonly points: readonly Point[];
}

export interface Driven {
  readonly hits: readonly Hit[];
  readonly resumes: number;
  /** How often the gate had no answer in time, and the command was given again. */
  readonly held: number;
  /** Why the command did not come to its end; undefined when it did. */
  readonly unfinished?: string;
}

const IN_FULL = ['--env', 'production', '--yes'];
const FIRST: Readonly<Record<Command, readonly string[]>> = {
  deploy: ['deploy', 'v2.1.0'],
  rollback: ['rollback', '--to', 'v2.0.3'],
};
const TAKE_OVER = ['--takeover', '--reason', 'the other laptop died'];
/** Starts of one command at most: a run that never ends must not be waited for. */
const MOST_STARTS = 12;
const LONGEST_MS = 240_000;

const lastStep = ({ stderr }: Ended): string =>
  [...stderr.matchAll(/STEP (\S+) (?:start|done)/g)].at(-1)?.[1] ?? 'before the first step';

/** A gate that had no answer in time, on a busy machine: nothing was begun, and its people ask again. */
const isHeld = ({ code, stderr }: Ended): boolean => code === 3 && stderr.includes('Nothing was changed.');

/** Runs the program to its end or to the shot. A shot that comes too late has hit nothing. */
async function play(
  machine: Machine,
  words: readonly string[],
  shot: Shot | undefined,
  stage: Stage,
): Promise<Ended> {
  const { world, machines, pushes } = stage;
  const running = machine.start(words);
  const limit = setTimeout(() => running.kill('SIGTERM'), LONGEST_MS);
  const strike = (): void => running.kill('SIGKILL');
  const target = { running, world, taps: machines.taps, pushes };
  const rest = shot === undefined ? () => undefined : takeAim(shot, target, strike);
  const ended = await running.ended;
  clearTimeout(limit);
  rest();
  return ended;
}

/** How a command is begun, or gone on with, by what the ledger says. */
function chooseWords(command: Command, isOpen: boolean, isFirst: boolean): readonly string[] {
  const start = isOpen ? [command, '--resume'] : FIRST[command];
  return [...start, ...(isFirst ? [] : TAKE_OVER), ...IN_FULL];
}

/** Carries a command to its end through so many kills, from one machine and then from the other. */
export async function drive(command: Command, kills: number, stage: Stage): Promise<Driven> {
  const hits: Hit[] = [];
  let [resumes, held] = [0, 0];
  for (let start = 0; start < MOST_STARTS; start += 1) {
    const runs = readRuns(stage.world, command);
    if (runs.run?.end === 'completed') return { hits, resumes, held };
    const machine = stage.machines.both[hits.length % 2 === 0 ? 0 : 1];
    const names = namesAhead(runs);
    const shot = hits.length < kills ? chooseShot(stage.chance, { names }, stage.points) : undefined;
    if (runs.isOpen) resumes += 1;
    const ended = await play(machine, chooseWords(command, runs.isOpen, start === 0), shot, stage);
    if (ended.code === null && shot !== undefined)
      hits.push({ ...shot, command, machine: machine.name, step: lastStep(ended) });
    else if (isHeld(ended)) held += 1;
    else if (ended.code !== 0) return { hits, resumes, held, unfinished: sayEnd(machine, ended) };
  }
  return { hits, resumes, held, unfinished: `it was started ${MOST_STARTS} times and never ended` };
}

const sayEnd = ({ name }: Machine, { code, stderr, stdout }: Ended): string =>
  `on ${name} it ended with ${code}:\n${`${stderr}${stdout}`.split('\n').slice(-60).join('\n')}`;
