// M16: what the record of one step costs in each store, its intent and its end.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { interval, median, round } from '../measure.mjs';

const STEPS = 60;
const WARM = 10;
const STORES = [
  { store: 'file', must: 1, reach: 0.6, unit: 'ms' },
  { store: 'postgres', must: 3, reach: 1.5, unit: 'ms' },
  { store: 'git', must: 1, reach: 1, unit: 'pushes' },
];

function recordSteps(program, store, folder) {
  mkdirSync(folder, { recursive: true });
  const words = [program, store, folder, String(STEPS)];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', timeout: 120_000 });
  rmSync(folder, { recursive: true, force: true });
  const told = /@(\{.*\})/.exec(stdout)?.[1];
  if (told === undefined) throw new Error(`the ${store} store told nothing: ${stderr}`);
  return JSON.parse(told);
}

function metricOf({ store, must, reach, unit }, { took, pushed }) {
  const steady = took.slice(WARM);
  const values = unit === 'ms' ? steady : [pushed];
  const value = median(values);
  return {
    metric: {
      id: `M16.${store}`,
      title: `the record of one step, ${store}`,
      unit,
      better: 'lower',
      value: round(value),
      ci95: interval(values).map(round),
      n: values.length,
      basis: unit === 'ms' ? 'wall' : 'count',
      floor: { what: 'nothing', value: 0, unit },
      ours: { value: round(median(steady)), unit: 'ms' },
      peers: [],
      must,
      reach,
      status: value <= must ? 'ok' : 'miss',
      why: null,
    },
    rounds: steady.map((ms) => ({ ours: ms })),
  };
}

/** Each store in its own process, on the disk of the checkout; git counts what its origin takes. */
export async function measureLedger({ root }) {
  const folder = `${root}node_modules/.cache/bench-ledger-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  try {
    const program = `${folder}/record-steps.mjs`;
    await build({
      entryPoints: [`${root}bench/programs/record-steps.ts`],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      logLevel: 'warning',
      banner: {
        js: "import{createRequire as __cr}from'node:module';import{fileURLToPath as __fu}from'node:url';import{dirname as __dn}from'node:path';const require=__cr(import.meta.url);const __filename=__fu(import.meta.url);const __dirname=__dn(__filename);",
      },
      external: ['pg-native', 'libpg-query'],
    });
    return STORES.map((one) => metricOf(one, recordSteps(program, one.store, `${folder}/${one.store}`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
