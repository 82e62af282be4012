// M10, M12 and the fold: how soon rules see, how often wrongly, and what they cost.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { build } from 'esbuild';
import { interval, median, round } from '../measure.mjs';

const SEEDS = 2;

/** Null: it never fired, which is later than everything. */
const sort = (delays) => delays.map((one) => one ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
const at = (delays, share) => sort(delays)[Math.min(delays.length - 1, Math.floor(delays.length * share))];

const metric = (id, title, unit, values, must, reach, floor) => {
  const value = median(values);
  const said = { id, title, unit, better: 'lower', value: round(value), ci95: interval(values).map(round) };
  const basis = { basis: unit === 'ms' ? 'cpu' : 'rule', floor: { what: floor, value: 0, unit }, peers: [] };
  const judged = { must, reach, status: value <= must ? 'ok' : 'miss', why: null };
  return {
    metric: { ...said, n: values.length, ...basis, ours: { value: round(value), unit }, ...judged },
    rounds: values.map((ours) => ({ ours })),
  };
};

/** Seeded faults on the very rules of a watch, a million ticks, and the memory of two hours. */
export async function measureWatch({ n, root }) {
  const file = `${root}node_modules/.cache/bench-watch-${process.pid}.mjs`;
  await build({
    ...{
      entryPoints: [`${root}bench/programs/watch-rules.ts`],
      outfile: file,
      bundle: true,
      platform: 'node',
    },
    ...{ format: 'esm', target: 'node20.19', logLevel: 'warning' },
  });
  const ask = (...words) =>
    JSON.parse(execFileSync(process.execPath, [file, ...words], { encoding: 'utf8' }));
  try {
    const folds = Array.from({ length: Math.min(n, 5) }, () => ask('fold').cpuMs);
    const rounds = Array.from({ length: SEEDS }, (_, i) => ask('detect', String(i + 1)));
    const memory = Array.from({ length: Math.min(n, 3) }, () => ask('remember'));
    const beyond = 'the five minutes of the rule';
    const alarms = (round) => (round.quiet.filter((one) => one !== null).length / round.quiet.length) * 100;
    return [
      metric(
        'M10.all',
        '100 % of errors: 95 of 100 firings',
        's',
        rounds.map((one) => at(one.all, 0.95)),
        10,
        1,
        beyond,
      ),
      metric(
        'M10.third',
        '30 % of errors: 95 of 100 firings',
        's',
        rounds.map((one) => at(one.third, 0.95)),
        10,
        10,
        beyond,
      ),
      metric(
        'M10.eighth',
        '12 % of errors: half of the firings',
        's',
        rounds.map((one) => at(one.eighth, 0.5)),
        15,
        10,
        beyond,
      ),
      metric(
        'M10.eighth95',
        '12 % of errors: 95 of 100 firings',
        's',
        rounds.map((one) => at(one.eighth, 0.95)),
        120,
        90,
        beyond,
      ),
      metric('M10.alarms', 'false P0 alarms in two hours at 2 %', '%', rounds.map(alarms), 1, 0, 'none'),
      metric(
        'M12.peak',
        'rules and samples of two hours',
        'MiB',
        memory.map((one) => one.peak),
        95,
        75,
        'nothing',
      ),
      metric(
        'M12.growth',
        'the same, from minute 10 on',
        'MiB',
        memory.map((one) => one.growth),
        5,
        3,
        'nothing',
      ),
      metric('fold', 'a million ticks', 'ms', folds, 2000, 1000, 'nothing'),
    ];
  } finally {
    rmSync(file, { force: true });
  }
}
