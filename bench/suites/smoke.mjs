// M5: one pass of the runbook's calls. M6: the same with enough samples for a P95. M7: that P95 against the server's own.
import { median, round, timeOnce, valueMetric } from '../measure.mjs';
import { openSmokeWorld } from '../smoke-world.mjs';

const sum = (values) => values.reduce((all, one) => all + one, 0);

/** The longest chain of calls that live on each other; nothing that asks them can be faster. */
const CHAIN = ['login', 'me', 'create-assessment', 'export', 'download'];

/** M5: whole processes, start included (a `--plan` of the same tells how long that is), against what the server took for the same calls. */
export async function measureSmokePass({ n, bin, root }) {
  const world = await openSmokeWorld({ bin, root }, { writeSamples: 1 });
  const [shares, own, chains] = [[], [], []];
  try {
    for (let i = 0; i <= n; i += 1) {
      const start = timeOnce(world.command('--plan'), { env: world.env });
      const { wall } = timeOnce(world.command('--samples', '0'), { expected: [0, 3], env: world.env });
      const { served } = await world.readServed();
      if (i === 0) continue;
      const chain = sum(CHAIN.map((id) => served[id][0]));
      const all = Object.values(served).flat();
      chains.push(chain);
      shares.push(wall / sum(all));
      own.push((wall - start.wall - chain) / all.length);
    }
  } finally {
    world.close();
  }
  const floor = { what: 'longest chain', value: round(median(chains)), unit: 'ms' };
  return [
    valueMetric('M5.wall', 'smoke pass / served one by one', 'ratio', shares, 0.65, 0.57, floor),
    valueMetric('M5.own', 'beyond start and chain, per call', 'ms', own, 5, 4, floor),
  ];
}

const nearestRank = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)];

/** Of each lane: what the program says, what the server took for the same answers, and how far they are apart. */
const compareLanes = (endpoints, served) =>
  endpoints
    .filter((one) => one.p95Judged === 'here' && one.n > 0)
    .map((one) => {
      // The first two answers were the pass and the one that opens the connection.
      const truth = nearestRank(served[one.id].slice(2), 0.95);
      return { id: one.id, truth, apart: Math.abs(one.p95_ms - truth) };
    });

/** M6 and M7: the runbook's own numbers of samples; one round takes a minute. */
export async function measureSmokeSampled({ n, bin, root }) {
  const world = await openSmokeWorld({ bin, root });
  const rounds = { wall: [], cpu: [], lane: [], middle: [], worst: [] };
  try {
    for (let i = 0; i < (n > 15 ? 3 : 1); i += 1) {
      const { wall, cpu } = timeOnce(world.command(), { expected: [0, 3], env: world.env });
      const { served } = await world.readServed();
      const { endpoints, requests } = world.readReport();
      const lanes = compareLanes(endpoints, served);
      const slowest = Math.max(...lanes.map(({ id }) => sum(served[id])));
      rounds.wall.push(wall / 1000);
      rounds.lane.push(wall / slowest);
      rounds.cpu.push(cpu / requests);
      rounds.middle.push(median(lanes.map(({ apart, truth }) => apart / Math.max(1, truth * 0.01))));
      rounds.worst.push(Math.max(...lanes.map(({ apart, truth }) => apart / Math.max(2, truth * 0.03))));
    }
  } finally {
    world.close();
  }
  const floor = { what: 'slowest lane', value: 1, unit: '×' };
  const truth = { what: 'allowed', value: 1, unit: '×' };
  return [
    valueMetric('M6.wall', 'smoke with 124 samples', 's', rounds.wall, 90, 65, floor),
    valueMetric('M6.lane', 'the same / its slowest lane', 'ratio', rounds.lane, 1.25, 1.1, floor),
    valueMetric('M6.cpu', 'processor per request', 'ms', rounds.cpu, 3, 1.5, floor),
    valueMetric('M7.median', 'P95 off the server: the middle', 'ratio', rounds.middle, 1, 0.5, truth),
    valueMetric('M7.worst', 'P95 off the server: the worst', 'ratio', rounds.worst, 1, 0.5, truth),
  ];
}
