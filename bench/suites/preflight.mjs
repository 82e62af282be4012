// M3: the gate against its slowest question, asked alone and outside of the program in the same round.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, ratioMetric, rotate, round, valueMetric } from '../measure.mjs';
import { openWorld } from '../world.mjs';

const FIRST = fileURLToPath(new URL('../programs/first-result.mjs', import.meta.url));
/** The eight questions of the runbook's own script: application, name, database, Stripe, webhook. */
const CHECKS = [
  'app.health',
  'app.dns',
  'app.tls',
  'database.connect',
  'database.pool-headroom',
  'database.blocking-queries',
  'payments.stripe-key',
  'payments.webhook-unsigned',
].join(',');
const HUNG_LIMIT_MS = 10_000;

const has = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;

/** The same questions one after the other, as a shell script asks them. */
function serially({ app, stripe, database }) {
  const sql = [
    'SELECT 1',
    'SELECT count(*) FROM pg_stat_activity',
    'SELECT count(*) FROM pg_locks WHERE NOT granted',
  ];
  const lines = [
    `curl -s ${app}/health`,
    `curl -s ${stripe}/v1/account -u bench:`,
    `curl -s -X POST ${app}/api/payments/webhook -d '{}'`,
    ...(has('psql') ? sql.map((one) => `psql '${database}' -Atc '${one}'`) : []),
  ];
  return ['bash', '-c', `${lines.join('; ')}; true`];
}

const plain = (id, title, values, must, reach, floor) =>
  valueMetric(id, title, 'ms', values, must, reach, floor);

function firstResults(command, n) {
  return Array.from({ length: n }, () => {
    const { stdout } = spawnSync(process.execPath, [FIRST, ...command], { encoding: 'utf8' });
    return Number(stdout);
  });
}

/** A target that accepts and stays silent: the gate ends at that check's own limit. */
function measureHung(bin, world) {
  const command = [process.execPath, bin, 'preflight', '--only', 'app.health', '--config', world.hung];
  const { hung } = rotate({ hung: command }, 1, { hung: { expected: 3 } });
  const over = hung.map(({ wall }) => wall - HUNG_LIMIT_MS);
  const floor = { what: 'its own limit', value: HUNG_LIMIT_MS, unit: 'ms' };
  return plain('M3.hung', 'silent target, beyond its limit', over, 250, 150, floor);
}

/** Wall time of the gate, what it has to wait for, and when the first answer is there. */
export async function measurePreflight({ n, bin }) {
  const world = await openWorld(bin);
  const ours = [process.execPath, bin, 'preflight', '--only', CHECKS, '--config', world.config];
  try {
    const samples = rotate(
      {
        slowest: ['curl', '-s', `${world.stripe}/v1/account`, '-u', 'bench:'],
        ours,
        serial: serially(world),
      },
      n,
    );
    const what = 'slowest question alone (curl)';
    const floor = samples.slowest;
    const above = samples.ours.map(({ wall }, i) => wall - floor[i].wall);
    const floorMs = { what, value: round(median(floor.map(({ wall }) => wall))), unit: 'ms' };
    const serial = {
      id: 'M3.serial',
      title: 'preflight / the same in a script',
      basis: 'wall',
      must: 0.4,
      reach: 0.3,
    };
    return [
      ratioMetric({
        id: 'M3.wall',
        title: 'preflight, 8 checks',
        ours: samples.ours,
        floor,
        basis: 'wall',
        what,
        must: 1.4,
        reach: 1.25,
      }),
      plain('M3.above', 'preflight beyond its floor', above, 90, 55, floorMs),
      ratioMetric({ ...serial, ours: samples.ours, floor: samples.serial, what: 'serial script' }),
      plain('M3.first', 'first result on screen', firstResults(ours.slice(1), n), 300, 200, {
        what: 'start',
        value: 0,
        unit: 'ms',
      }),
      measureHung(bin, world),
    ];
  } finally {
    world.close();
  }
}
