#!/usr/bin/env node
// npm run bench -- [--quick|--full] [--suite cold,steps] [--n 21] [--peers] [--json FILE] [--write] [--gate]
// Ratios, not milliseconds: a figure means something only beside its floor, measured in the same rotation.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { round } from './measure.mjs';
import { installPeers } from './peers.mjs';
import { measureThousand } from './suites/checks1000.mjs';
import { measureCold } from './suites/cold.mjs';
import { measureHistory } from './suites/history.mjs';
import { measureLedger } from './suites/ledger.mjs';
import { measureParity } from './suites/parity.mjs';
import { measurePreflight } from './suites/preflight.mjs';
import { measurePrepare } from './suites/prepare.mjs';
import { measureReport } from './suites/report.mjs';
import { measureRollback } from './suites/rollback.mjs';
import { measureSmokePass, measureSmokeSampled } from './suites/smoke.mjs';
import { measureSteps } from './suites/steps.mjs';
import { measureWatch } from './suites/watch.mjs';
import { writeInto } from './table.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = `${root}bin/release.js`;
const SUITES = {
  cold: measureCold,
  steps: measureSteps,
  ledger: measureLedger,
  preflight: measurePreflight,
  parity: measureParity,
  checks1000: measureThousand,
  'smoke-pass': measureSmokePass,
  'smoke-sampled': measureSmokeSampled,
  watch: measureWatch,
  rollback: measureRollback,
  history: measureHistory,
  report: measureReport,
  prepare: measurePrepare,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    full: { type: 'boolean' },
    suite: { type: 'string' },
    n: { type: 'string' },
    json: { type: 'string' },
    // Other release tools beside ours, from the registry.
    peers: { type: 'boolean' },
    // All suites: bench/results.json, and the table of docs/benchmarks.md.
    write: { type: 'boolean' },
    gate: { type: 'boolean' },
  },
});

const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';

function describeRun(metrics, raw) {
  return {
    schema: 'release-bench/1',
    at: new Date().toISOString(),
    commit: git('rev-parse', 'HEAD'),
    dirty: git('status', '--porcelain') !== '',
    host: {
      node: process.versions.node,
      os: process.platform,
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memGiB: Math.round(totalmem() / 2 ** 30),
      load1: round(loadavg()[0]),
    },
    env: { extraCa: false, compileCache: false, tty: false },
    quality: { load: round(load) },
    metrics,
    raw,
  };
}

/** A wall clock on a busy machine measures the neighbours: such a figure is shown, and is no verdict. */
function judge(metric, load) {
  if (metric.basis !== 'wall' || load <= 2 * cpus().length) return metric;
  return { ...metric, status: 'skip', why: `load ${round(load)} on ${cpus().length} cores` };
}

const sayPeers = (peers) => peers.map(({ what, value }) => `  ${what} ${value}×`).join('');

function printMetric({ id, title, value, ci95, n, floor, peers, must, reach, status, unit, why }) {
  const figure = unit === 'ratio' ? `${value}×` : `${value} ${unit}`;
  const spread = ci95 ? ` [${ci95.join('–')}]` : '';
  process.stdout.write(
    `${status.padEnd(5)} ${id.padEnd(16)} ${title.padEnd(28)} ${figure}${spread}  n=${n}  floor ${floor.what} ${floor.value} ${floor.unit}  must ≤ ${must}  reach ≤ ${reach}${sayPeers(peers)}${why ? `  (${why})` : ''}\n`,
  );
}

const wanted = values.suite?.split(',') ?? Object.keys(SUITES);
const unknown = wanted.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  process.stderr.write(`There is no suite ${unknown.join(', ')}. Known: ${Object.keys(SUITES).join(', ')}\n`);
  process.exit(2);
}

if (values.write && values.suite) {
  process.stderr.write('--write is for all suites: leave --suite out.\n');
  process.exit(2);
}

const n = Number(values.n ?? (values.full ? 41 : 15));
const measured = [];
let load = loadavg()[0];
const others = values.peers ? installPeers() : undefined;
try {
  for (const name of wanted)
    measured.push(...(await SUITES[name]({ n, bin, root, peers: others?.programs })));
} finally {
  others?.close();
}
load = Math.max(load, loadavg()[0]);
const metrics = measured.map((one) => judge(one.metric, load));
for (const metric of metrics) printMetric(metric);
process.stdout.write(
  `load ${round(loadavg()[0])} on ${cpus().length} cores, Node ${process.versions.node}\n`,
);
const raw = Object.fromEntries(measured.map((one) => [one.metric.id, { rounds: one.rounds }]));
const results = describeRun(metrics, raw);
const text = JSON.stringify(results, (_, value) => (typeof value === 'number' ? round(value) : value), 1);
for (const file of [values.json ?? [], values.write ? `${root}bench/results.json` : []].flat())
  writeFileSync(file, `${text}\n`);
if (values.write) writeInto(`${root}docs/benchmarks.md`, JSON.parse(text));
if (values.gate && metrics.some((metric) => metric.status === 'miss')) process.exitCode = 1;
