// M8: what a step of a run costs by itself, when nothing has to be waited for.
import { mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { interval, median, rotate, round } from '../measure.mjs';

const FEW = 1;
const MANY = 11;

/** The real runner with the real ledger of files, as one script. */
async function bundleRunner(root, outfile) {
  await build({
    entryPoints: [`${root}bench/programs/run-steps.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
  });
}

/** Milliseconds of one more step, round by round: start and end of the process cancel out. */
const slopes = (many, few) => many.map((sample, i) => (sample.wall - few[i].wall) / (MANY - FEW));

function stepMetric(samples) {
  const ours = slopes(samples.many, samples.few);
  const floor = slopes(samples.manyLines, samples.fewLines);
  const value = median(ours);
  const must = 10;
  return {
    metric: {
      id: 'M8.step',
      title: 'one more step of a run',
      unit: 'ms',
      better: 'lower',
      value: round(value),
      ci95: interval(ours).map(round),
      n: ours.length,
      basis: 'wall',
      floor: { what: 'two lines on the disk', value: round(median(floor)), unit: 'ms' },
      ours: { value: round(value), unit: 'ms' },
      peers: [],
      must,
      reach: 5,
      status: value <= must ? 'ok' : 'miss',
      why: null,
    },
    rounds: ours.map((ms, i) => ({ ours: ms, floor: floor[i] })),
  };
}

/** Own cost of a step: from 1 step to 11, each with two records that are on the disk before it goes on. */
export async function measureSteps({ n, root }) {
  // On the disk of the checkout: a temporary folder may live in memory, where waiting for the disk costs nothing.
  const folder = `${root}node_modules/.cache/bench-steps-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    const runner = `${folder}/run-steps.mjs`;
    await bundleRunner(root, runner);
    const node = process.execPath;
    const lines = `${root}bench/programs/append-lines.mjs`;
    const samples = rotate(
      {
        few: [node, runner, folder, String(FEW)],
        many: [node, runner, folder, String(MANY)],
        fewLines: [node, lines, folder, String(FEW)],
        manyLines: [node, lines, folder, String(MANY)],
      },
      n,
    );
    return [stepMetric(samples)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
