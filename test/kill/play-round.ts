import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorld, type World } from '../../src/sandbox/world/start-world.ts';
import type { Chance } from '../simulation/chance.ts';
import { listSteps } from '../support/scenarios/list-steps.ts';
import { type Driven, drive, type Hit, type Stage } from './drive.ts';
import { type Fault, judge, wantedAfter } from './judge.ts';
import { look, noteBefore } from './look.ts';
import { openMachines } from './open-machines.ts';
import { type Command, readRuns, tellRun } from './read-runs.ts';
import type { Point } from './shots.ts';
import { watchPushes } from './watch-pushes.ts';

/** What came of one command. */
export interface Played extends Driven {
  readonly command: Command;
  readonly faults: readonly Fault[];
  /** Machines that the ledger names. */
  readonly hosts: number;
  /** What the ledger and the kills tell; for a round that went wrong. */
  readonly story: readonly string[];
}

const PACE = 10;
const MOST_IN_A_ROW = 3;

const sayHit = ({ machine, point, nth, step }: Hit): string =>
  `killed on ${machine}: ${point} ${nth}, ${step}`;

async function playCommand(command: Command, kills: number, stage: Stage): Promise<Played> {
  const { world } = stage;
  const before = noteBefore(world);
  const driven = await drive(command, kills, stage);
  const runs = readRuns(world, command);
  const wanted = wantedAfter(command, listSteps(runs.run).all);
  const faults = driven.unfinished === undefined ? judge(wanted, await look(world, before, command)) : [];
  const own = runs.events.filter(({ run }) => run === runs.run?.run);
  const hosts = new Set(own.map(({ host }) => host)).size;
  const story = [...driven.hits.map(sayHit), ...tellRun(runs)];
  return { ...driven, command, faults, hosts, story };
}

async function playIn(world: World, given: string, folder: string, order: Order): Promise<void> {
  const { chance, bin, points } = order;
  const machines = await openMachines(world, given, folder, bin);
  const pushes = watchPushes(world.origin.folder);
  const stage = { world, machines, pushes, chance, points };
  try {
    const kills = (): number => (order.isOver() ? 0 : 1 + chance.below(MOST_IN_A_ROW));
    const deploy = await playCommand('deploy', kills(), stage);
    order.onPlayed(deploy);
    if (deploy.unfinished !== undefined || order.isOver()) return;
    order.onPlayed(await playCommand('rollback', kills(), stage));
  } finally {
    pushes.close();
    await machines.close();
  }
}

/** One round as it is ordered. */
export interface Order {
  readonly chance: Chance;
  /** Kinds of moments to choose from. */
  readonly points: readonly Point[];
  /** The program. */
  readonly bin: string;
  readonly onPlayed: (played: Played) => void;
  /** True once nobody asks for more kills: what is under way comes to its end, and no more is killed. */
  readonly isOver: () => boolean;
}

/** One world: v2.1.0 is deployed through kills, and taken back through kills. */
export async function playRound(order: Order): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'release-kill-'));
  const given = join(folder, 'given');
  mkdirSync(given);
  try {
    const world = await startWorld({ folder: given, pace: PACE });
    try {
      await playIn(world, given, join(folder, 'machines'), order);
    } finally {
      await world.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
