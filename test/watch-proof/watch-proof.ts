// The program behind `npm run watch-proof`; scripts/watch-proof.mjs builds, bundles and starts it.
import { parseArgs } from 'node:util';
import { alignColumns } from '../../src/report/table.ts';
import { type Judged, judge } from './judge.ts';
import { type Evidence, playScene } from './play-scene.ts';
import { SCENES, type Scene } from './scenes.ts';

const USAGE = `npm run watch-proof -- [--only ${SCENES.map(({ name }) => name).join(',')}] [--lanes 2]
  --only …     some of the scenes
  --lanes N    so many sandboxes at a time
  --show       also what each watch said
`;

interface Order {
  readonly scenes: readonly Scene[];
  readonly lanes: number;
  readonly show: boolean;
}

interface Played extends Judged {
  readonly scene: Scene;
  readonly evidence: Evidence | undefined;
}

/** Throws for what means nothing. */
function readArguments(args: string[]): Order | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { only, lanes, show, help } = parseArgs({
    args,
    options: { only: text, lanes: text, show: flag, help: flag },
  }).values;
  if (help === true) return undefined;
  const names = only?.split(',') ?? SCENES.map(({ name }) => name);
  const scenes = SCENES.filter(({ name }) => names.includes(name));
  const count = Number(lanes ?? 2);
  if (scenes.length < names.length) throw new RangeError(`no such scene in: ${names.join(', ')}`);
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`not a count: ${lanes}`);
  return { scenes, lanes: count, show: show === true };
}

const write = (text: string): void => void process.stdout.write(text);
const note = (text: string): void => void process.stderr.write(text);

async function play(scene: Scene, bin: string): Promise<Played> {
  try {
    const evidence = await playScene(scene, bin);
    return { scene, evidence, ...judge(scene, evidence) };
  } catch (error) {
    return { scene, evidence: undefined, fired: [], faults: [`it broke: ${(error as Error).message}`] };
  }
}

async function playAll({ scenes, lanes, show }: Order, bin: string): Promise<readonly Played[]> {
  const open = [...scenes];
  const played: Played[] = [];
  const lane = async (): Promise<void> => {
    for (let scene = open.shift(); scene !== undefined; scene = open.shift()) {
      const one = await play(scene, bin);
      played.push(one);
      note(`${scene.name} ${one.faults.length === 0 ? 'good' : 'NOT GOOD'}\n`);
      if (one.faults.length > 0 || show)
        note(`${one.evidence?.ended.stderr ?? ''}${one.evidence?.ended.stdout ?? ''}\n`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return scenes.flatMap((scene) => played.filter((one) => one.scene === scene));
}

const seconds = (value: number): string => value.toFixed(1);

function sayFirings(played: readonly Played[]): string[] {
  const rows = played.flatMap(({ scene, fired }) =>
    fired.map((one) => [
      scene.name,
      one.what,
      ...[one.scripted, one.onset, one.fired, one.beyond].map(seconds),
    ]),
  );
  return alignColumns([['scene', 'fired', 'scripted', 'onset', 'at', 'beyond its time'], ...rows]);
}

function saySummary(played: readonly Played[]): string[] {
  const rows = played.map(({ scene, evidence, faults }) => [
    scene.name,
    faults.length === 0 ? 'as scripted' : `${faults.length} differences`,
    `exit ${evidence?.ended.code ?? '?'}`,
    evidence?.answer.verdict ?? '?',
    `${evidence?.answer.result?.samples ?? '?'} measurements`,
    `${Math.round(evidence?.tookSeconds ?? 0)} s`,
    scene.says,
  ]);
  return alignColumns(rows);
}

/** Gives the exit code: 0 when all was as scripted, 1 when not, 2 for arguments that mean nothing. */
export async function main(args: string[], bin: string): Promise<number> {
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
  const played = await playAll(order, bin);
  const faults = played.flatMap((one) => one.faults.map((fault) => `${one.scene.name}: ${fault}`));
  write([...saySummary(played), '', ...sayFirings(played), '', ...faults, ''].join('\n'));
  return faults.length === 0 ? 0 : 1;
}
