import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Change } from '../../src/domain/watch/change.ts';
import type { LedgerEvent } from '../../src/ledger/event.ts';
import type { Ended } from '../support/run-bin.ts';
import { openWorld, type ProofWorld, SPEED } from './open-world.ts';
import type { Scene } from './scenes.ts';

/** What a scene has left behind, as anybody could look at it. */
export interface Evidence {
  readonly ended: Ended;
  /** What --json says at the end. */
  readonly answer: Answer;
  readonly changes: readonly Change[];
  readonly ticks: readonly TickLine[];
  readonly ledger: readonly LedgerEvent[];
  readonly slack: string;
  /** Updates that people have read in Slack since the watch began. */
  readonly updates: number;
  /** Why two replays of the record do not say the same, or not what the watch said; empty: they do. */
  readonly unlike: readonly string[];
  readonly after: After;
  readonly tookSeconds: number;
}

export interface Answer {
  readonly exitCode?: number;
  readonly verdict?: string;
  readonly result?: {
    readonly gapMs?: number | null;
    readonly decision3?: string | null;
    readonly decision4?: string | null;
    readonly samples?: number;
  };
}

export interface TickLine {
  readonly at: string;
  readonly mark?: string;
  readonly metric?: string;
  readonly series?: string;
  readonly source?: string;
  readonly value?: number | null;
  readonly k?: number;
}

/** What is live when all is over. */
export interface After {
  readonly health: Record<string, unknown>;
  /** Whether the tree of main is that of v2.1.0. */
  readonly isTreeBack: boolean;
  readonly migrations: number;
  /** Columns that only v2.2.0 has. */
  readonly newColumns: number;
}

const IN_FULL = ['--env', 'production', '--yes'];
/** Enough minutes of users for a baseline, at sixty in one of ours. */
const PAST_MS = 6_000;

async function deploy(version: string, world: ProofWorld): Promise<void> {
  const { code, stderr, stdout } = await world.run(['deploy', version, ...IN_FULL]);
  if (code !== 0) throw new Error(`deploy ${version} ended with ${code}:\n${stderr}${stdout}`);
}

/** Users first, so that there is something to compare with; then the release, behind whose maintenance nobody is. */
async function release({ version }: Scene, world: ProofWorld): Promise<void> {
  await world.tell('/users', { perSecond: 25 });
  await wait(PAST_MS);
  await world.tell('/users', { perSecond: 0 });
  await deploy('v2.1.0', world);
  if (version === 'v2.1.0') return;
  await world.tell('/prepare-bad');
  await deploy(version, world);
}

const watchWords = ({ version, words }: Scene, events: string): readonly string[] => [
  ...['watch', version, '--env', 'production', '--time-scale', String(SPEED), '--interval', '2s'],
  ...['--json', '--events', events, ...words],
];

/** Kills the watch when it has come to its minute; the next one comes after a while. */
async function killAndGoOn(scene: Scene, world: ProofWorld): Promise<Ended> {
  const { minute = 0, awaySeconds = 0 } = scene.killed ?? {};
  const first = world.start(watchWords(scene, 'first.jsonl'));
  await first.said(new RegExp(`\\+${minute}:0`));
  first.kill('SIGKILL');
  await first.ended;
  await wait(awaySeconds * 1000);
  return world.run(watchWords(scene, 'changes.jsonl'));
}

const readLines = <T>(path: string): T[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as T)
    : [];

function findTicks({ folder }: ProofWorld): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return join(folder, found.find((name) => /watch\/production\/[^/]+\.jsonl$/.test(name)) ?? '');
}

const readAnswer = ({ stdout }: Ended): Answer => {
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return {};
  }
};

/**
 * The record replayed twice: the same bytes on stdout and of changes. They end with the changes that the watch itself wrote; what was
 * unknown before it began is told by the record alone.
 */
async function replayTwice(ticks: string, said: string, world: ProofWorld): Promise<string[]> {
  const once = async (name: string) => {
    const { stdout } = await world.run(['watch', '--replay', ticks, '--events', name]);
    return { stdout, changes: readFileSync(join(world.folder, name), 'utf8') };
  };
  const [one, two] = [await once('replay-1.jsonl'), await once('replay-2.jsonl')];
  return [
    ...(one.stdout === two.stdout && one.changes === two.changes ? [] : ['two replays differ']),
    ...(one.changes.endsWith(said) ? [] : ['a replay says something else than the watch']),
  ];
}

const sameTree = (world: ProofWorld): boolean =>
  world.git('rev-parse', 'main^{tree}') === world.git('rev-parse', 'v2.1.0^{tree}');

async function lookAround(world: ProofWorld): Promise<After> {
  const column = `select count(*)::int as n from information_schema.columns
    where table_name = 'webhook_events' and column_name = 'attempts'`;
  const [migrations] = await world.rows('select count(*)::int as n from drizzle.__drizzle_migrations');
  const [columns] = await world.rows(column);
  return {
    health: await world.health(),
    isTreeBack: sameTree(world),
    migrations: Number(migrations?.n),
    newColumns: Number(columns?.n),
  };
}

const countUpdates = (transcript: string): number => transcript.split(/Release v[\d.]+: progress/).length - 1;

/** Plays one scene in a sandbox of its own, and takes down what it left. */
export async function playScene(scene: Scene, bin: string): Promise<Evidence> {
  const started = performance.now();
  const world = await openWorld(bin);
  try {
    await release(scene, world);
    const before = countUpdates(await world.slack());
    await world.tell('/users', { perSecond: scene.users });
    await world.tell('/faults', { starts: 'release', phases: scene.phases });
    const ended =
      scene.killed === undefined
        ? await world.run(watchWords(scene, 'changes.jsonl'))
        : await killAndGoOn(scene, world);
    await world.tell('/faults', { phases: [] });
    const ticks = findTicks(world);
    const slack = await world.slack();
    const said = readFileSync(join(world.folder, 'changes.jsonl'), 'utf8');
    return {
      ended,
      answer: readAnswer(ended),
      changes: ['first.jsonl', 'changes.jsonl'].flatMap((name) => readLines(join(world.folder, name))),
      ticks: readLines(ticks),
      ledger: world.ledger(),
      slack,
      updates: countUpdates(slack) - before,
      unlike: await replayTwice(ticks, said, world),
      after: await lookAround(world),
      tookSeconds: (performance.now() - started) / 1000,
    };
  } finally {
    await world.close();
  }
}
