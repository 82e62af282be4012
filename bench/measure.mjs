// Times whole processes. CPU time is what start-up metrics are judged by: wall time suffers from the neighbours.
import { spawnSync } from 'node:child_process';

const scrubbed = () => {
  const env = { ...process.env, CI: '1', NO_COLOR: '1' };
  for (const name of ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE', 'FORCE_COLOR'])
    delete env[name];
  return env;
};

/** Longer than any command may take; a bench ends by itself. */
const LONGEST_MS = 120_000;

/** One run of `command` (an argument list): wall and CPU in ms. Throws when it ends with none of the `expected`. */
export function timeOnce(command, { expected = 0, env = {}, cwd } = {}) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null';
  const ran = spawnSync('bash', ['-c', script, 'bash', ...command], {
    env: { ...scrubbed(), ...env },
    cwd,
    encoding: 'utf8',
    timeout: LONGEST_MS,
    killSignal: 'SIGKILL',
  });
  if (![expected].flat().includes(ran.status))
    throw new Error(`${command.join(' ')} ended with ${ran.status}`);
  const [wall, user, system] = ran.stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Order-statistics interval of the median that covers 95 %. */
export function interval(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = 0.98 * Math.sqrt(sorted.length);
  const low = Math.max(0, Math.floor(sorted.length / 2 - half));
  const high = Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + half) - 1);
  return [sorted[low], sorted[high]];
}

/** Runs the commands in rotation, so that a busy minute hurts all of them; the first round only warms up. */
export function rotate(commands, rounds, options = {}) {
  const samples = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, command] of Object.entries(commands)) {
      const sample = timeOnce(command, options[name]);
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** Ratio of `ours` to `floor`, round by round. */
export function ratioMetric({ id, title, ours, floor, basis, must, reach, what }) {
  const rounds = ours.map((sample, i) => ({
    floor: floor[i].wall,
    ours: sample.wall,
    cpuFloor: floor[i].cpu,
    cpuOurs: sample.cpu,
  }));
  const ratios = rounds.map((r) => (basis === 'cpu' ? r.cpuOurs / r.cpuFloor : r.ours / r.floor));
  const value = median(ratios);
  return {
    metric: {
      id,
      title,
      unit: 'ratio',
      better: 'lower',
      value: round(value),
      ci95: interval(ratios).map(round),
      n: ratios.length,
      basis,
      floor: { what, value: round(median(floor.map((s) => s[basis]))), unit: 'ms' },
      ours: { value: round(median(ours.map((s) => s[basis]))), unit: 'ms' },
      peers: [],
      must,
      reach,
      status: value <= must ? 'ok' : 'miss',
      why: null,
    },
    rounds,
  };
}

/** A figure by itself, from the values of its rounds. */
export const valueMetric = (id, title, unit, values, must, reach, floor) => {
  const value = median(values);
  return {
    metric: {
      id,
      title,
      unit,
      better: 'lower',
      value: round(value),
      ci95: interval(values).map(round),
      n: values.length,
      basis: 'wall',
      floor,
      ours: { value: round(value), unit },
      peers: [],
      must,
      reach,
      status: value <= must ? 'ok' : 'miss',
      why: null,
    },
    rounds: values.map((ours) => ({ ours })),
  };
};

export const round = (value) => Math.round(value * 100) / 100;
