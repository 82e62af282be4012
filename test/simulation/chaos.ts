// The program behind `npm run chaos`; scripts/chaos.mjs bundles and starts it, in the main thread and in its workers.
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { INGREDIENTS, type Ingredient } from './ablations.ts';
import { addTotal, emptyTotal, playSeeds, type Total } from './play.ts';
import { Simulation } from './simulation.ts';
import { sayLine } from './story.ts';

const USAGE = `npm run chaos -- [--seeds 100000] [--from 1] [--workers N]   play so many releases
npm run chaos -- --seed N                                        play one and tell its story
  --without ${INGREDIENTS.join(',')}   take ingredients out of the protocol, to see what they are for
`;
/** Seeds that a worker plays before it tells of them. */
const PORTION = 500;

interface Order {
  readonly first: number;
  readonly count: number;
  readonly missing: readonly Ingredient[];
}

function readCount(text: string | undefined, standard: number): number {
  const value = Number(text ?? standard);
  if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`not a count: ${text}`);
  return value;
}

function readMissing(text: string | undefined): readonly Ingredient[] {
  const words = text?.split(',') ?? [];
  const unknown = words.filter((word) => !INGREDIENTS.includes(word as Ingredient));
  if (unknown.length > 0)
    throw new RangeError(`no ingredient: ${unknown.join(', ')}; known: ${INGREDIENTS.join(', ')}`);
  return words as readonly Ingredient[];
}

function readArguments(args: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    seeds: text,
    from: text,
    seed: text,
    workers: text,
    without: text,
    help: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ args, options });
  return {
    help: values.help === true,
    seed: values.seed === undefined ? undefined : readCount(values.seed, 1),
    first: readCount(values.from, 1),
    count: readCount(values.seeds, 100_000),
    workers: readCount(values.workers, availableParallelism()),
    missing: readMissing(values.without),
  };
}

const write = (text: string): void => {
  process.stdout.write(text);
};

/** Plays one seed and tells its story; true when every promise was kept. */
async function tellStory(seed: number, missing: readonly Ingredient[]): Promise<boolean> {
  const tell = (atMs: number, who: string, what: string): void => write(`${sayLine(atMs, who, what)}\n`);
  const { violations, lives, kills, freezes, takeovers } = await new Simulation(seed, missing, tell).run();
  write(`\nseed ${seed}: ${lives} operators, ${kills} kills, ${freezes} freezes, ${takeovers} takeovers\n`);
  write(violations.length === 0 ? 'every promise was kept\n' : `broken: ${violations.join('; ')}\n`);
  return violations.length === 0;
}

/** One worker's share; portions are told as they are played. */
function playInWorker(script: string, order: Order, onPortion: (portion: Total) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // What a release leaves behind is short-lived; a larger nursery is swept less often.
    const resourceLimits = { maxYoungGenerationSizeMb: 64 };
    const worker = new Worker(script, { workerData: order, resourceLimits });
    worker
      .on('message', onPortion)
      .on('error', reject)
      .on('exit', () => resolve());
  });
}

async function playAll(
  script: string,
  { first, count, workers, missing }: Order & { readonly workers: number },
) {
  const total = emptyTotal();
  const started = performance.now();
  let told = 0;
  const onPortion = (portion: Total): void => {
    addTotal(total, portion);
    const step = Math.max(PORTION, Math.floor(count / 20));
    if (total.seeds < told + step) return;
    told = total.seeds;
    process.stderr.write(`${total.seeds} of ${count} seeds, ${total.broken} broken promises\n`);
  };
  // Whoever stops a long play still hears what it has shown.
  process.once('SIGINT', () => {
    write(sayTotal(total, (performance.now() - started) / 1000));
    process.exit(130);
  });
  const share = Math.ceil(count / workers);
  const firsts = Array.from({ length: workers }, (_, i) => first + i * share);
  const orders = firsts.map((from) => ({
    first: from,
    count: Math.min(share, first + count - from),
    missing,
  }));
  await Promise.all(orders.filter((one) => one.count > 0).map((one) => playInWorker(script, one, onPortion)));
  return { total, seconds: (performance.now() - started) / 1000 };
}

function sayTotal({ bad, broken, seeds, ...counts }: Total, seconds: number): string {
  const { lives, kills, freezes, takeovers, clockJumps, ledgerTroubles } = counts;
  return [
    `${seeds} seeds in ${Math.round(seconds)} s (${Math.round(seeds / seconds)} a second)`,
    `${lives} operators, ${kills} kills, ${freezes} freezes, ${takeovers} takeovers, ${clockJumps} clocks put wrong, ${ledgerTroubles} troubles with the ledger`,
    `${broken} broken promises${bad.length > 0 ? `; seeds ${bad.join(', ')}` : ''}`,
    '',
  ].join('\n');
}

/** Gives the exit code: 0 when every promise was kept, 1 when one was broken, 2 for arguments that mean nothing. */
export async function main(args: string[], script: string): Promise<number> {
  let order: ReturnType<typeof readArguments>;
  try {
    order = readArguments(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (order.help) write(USAGE);
  if (order.help) return 0;
  if (order.seed !== undefined) return (await tellStory(order.seed, order.missing)) ? 0 : 1;
  const { total, seconds } = await playAll(script, order);
  write(sayTotal(total, seconds));
  const [worst] = total.bad;
  if (worst === undefined && total.seeds === order.count) return 0;
  if (worst !== undefined) await tellStory(worst, order.missing);
  return 1;
}

if (!isMainThread) {
  // A stack for every refusal that is part of the play costs more than the refusal.
  Error.stackTraceLimit = 0;
  const { first, count, missing } = workerData as Order;
  for (let from = first; from < first + count; from += PORTION)
    parentPort?.postMessage(await playSeeds(from, Math.min(PORTION, first + count - from), missing));
}
