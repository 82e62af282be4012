// The program behind `npm run kill`; scripts/kill.mjs builds, bundles and starts it, and it starts itself for each world.
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type LaneOrder, type LaneSays, playLane } from './play-lane.ts';
import type { Played } from './play-round.ts';
import { POINTS, type Point } from './shots.ts';
import { countKills, isGood, sayStory, sayTally } from './tally.ts';

const USAGE = `npm run kill -- [--kills 60] [--seed 1] [--worlds 2] [--at ${Object.keys(POINTS).join(',')}]
  --kills N    so many kill -9 that hit, at least
  --seed N     chooses the moments; how fast the machine is stays as it is
  --worlds N   so many sandboxes at a time
  --at …       kinds of moments to choose from
`;

interface Order {
  readonly kills: number;
  readonly seed: number;
  readonly worlds: number;
  readonly points: readonly Point[];
}

function readCount(text: string | undefined, standard: number): number {
  const value = Number(text ?? standard);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`not a count: ${text}`);
  return value;
}

function readPoints(text: string | undefined): readonly Point[] {
  const known = Object.keys(POINTS);
  const points = text?.split(',') ?? known;
  const unknown = points.filter((point) => !known.includes(point));
  if (unknown.length > 0)
    throw new RangeError(`no moment: ${unknown.join(', ')}; known: ${known.join(', ')}`);
  return points as Point[];
}

/** Undefined for --help. Throws for what means nothing. */
function readArguments(args: string[]): Order | undefined {
  const text = { type: 'string' } as const;
  const options = { kills: text, seed: text, worlds: text, at: text, help: { type: 'boolean' } } as const;
  const { kills, seed, worlds, at, help } = parseArgs({ args, options }).values;
  if (help === true) return undefined;
  return {
    kills: readCount(kills, 60),
    seed: readCount(seed, 1),
    worlds: readCount(worlds, 2),
    points: readPoints(at),
  };
}

const write = (text: string): void => void process.stdout.write(text);
const note = (text: string): void => void process.stderr.write(text);

/** What goes wrong as often as this goes wrong every time. */
const MOST_BAD = 10;

/** Farther apart than the rounds of one lane. */
const SEEDS_OF_A_LANE = 10_000;

/** One world after another in a process of its own; resolves when it has ended. */
function startLane(script: string, order: LaneOrder, onSays: (says: LaneSays) => void) {
  const lane = fork(script, [JSON.stringify(order)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  lane.on('message', (says) => onSays(says as LaneSays));
  const ended = new Promise<number>((resolve) => {
    lane.on('close', (code) => resolve(code ?? 1));
  });
  return { ended, enough: () => void (lane.connected && lane.send('enough')) };
}

/** Plays until so many kills have hit; true when every world came to its end. */
async function playAll(order: Order, script: string, bin: string, played: Played[]): Promise<boolean> {
  const { kills, seed, worlds, points } = order;
  const onPlayed = (one: Played): void => {
    played.push(one);
    note(`${countKills(played)} of ${kills} kills: ${one.command} ${isGood(one) ? 'good' : 'NOT GOOD'}\n`);
    if (!isGood(one)) note(sayStory(one));
    const isEnough =
      countKills(played) >= kills || played.filter((other) => !isGood(other)).length >= MOST_BAD;
    if (isEnough) for (const lane of lanes) lane.enough();
  };
  const lanes = Array.from({ length: worlds }, (_, i) =>
    startLane(script, { seed: seed * 1_000_000 + i * SEEDS_OF_A_LANE, bin, points }, ({ played: one }) =>
      onPlayed(one),
    ),
  );
  const codes = await Promise.all(lanes.map(({ ended }) => ended));
  return codes.every((code) => code === 0);
}

/**
 * Gives the exit code: 0 when every effect stands once, 1 when not or when a world broke, 2 for arguments that mean
 * nothing.
 */
export async function main(args: string[], script: string, bin: string): Promise<number> {
  let order: Order | undefined;
  try {
    order = readArguments(args);
  } catch (error) {
    note(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (order === undefined) {
    write(USAGE);
    return 0;
  }
  const played: Played[] = [];
  const started = performance.now();
  const sayAll = (): void => write(sayTally(played, (performance.now() - started) / 1000));
  // Whoever stops a long play still hears what it has shown.
  process.once('SIGINT', () => {
    sayAll();
    process.exit(130);
  });
  const isWhole = await playAll(order, script, bin, played);
  const bad = played.filter((one) => !isGood(one));
  for (const one of bad) write(sayStory(one));
  sayAll();
  return bad.length === 0 && isWhole ? 0 : 1;
}

// Started with a channel to its parent it is one of the lanes.
if (process.send !== undefined) {
  await playLane(JSON.parse(process.argv[2] ?? '{}') as LaneOrder);
  process.disconnect?.();
}
