// M9: a thousand checks against the best that a schedule of so many lanes allows.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import { valueMetric } from '../measure.mjs';

const COUNT = 1000;

/** Slowness of each check in ms: the same in every run, some of them slow. */
function drawWaits() {
  let seed = 20_251;
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  return Array.from({ length: COUNT }, () => Math.round(20 + 40 * next() + (next() > 0.97 ? 300 : 0)));
}

/** When the last ends, if every lane takes the next as soon as it is free. */
function listSchedule(waits, width) {
  const lanes = new Array(width).fill(0);
  for (const ms of waits) {
    const first = lanes.indexOf(Math.min(...lanes));
    lanes[first] += ms;
  }
  return Math.max(...lanes);
}

async function startServer(root) {
  const child = spawn(process.execPath, [`${root}bench/programs/latency-server.mjs`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve) =>
    child.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  return { port, close: () => child.stdin.end() };
}

function runOnce(program, words, view) {
  const command = [process.execPath, program, ...words, view];
  const quoted = command.map((word) => `'${word}'`).join(' ');
  const [name, ...rest] = view === 'pty' ? ['script', '-qec', quoted, '/dev/null'] : command;
  const { stdout } = spawnSync(name, rest, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(/@(\{.*\})/.exec(stdout)?.[1] ?? 'null');
}

const metric = (id, title, values, floor, must, reach, unit = 'ratio') =>
  valueMetric(id, title, unit, values, must, reach, floor);

/** Both widths as JSON, and the narrow one on a terminal. */
export async function measureThousand({ n, root }) {
  const folder = `${root}node_modules/.cache/bench-checks-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  const program = `${folder}/run-checks.mjs`;
  await build({
    entryPoints: [`${root}bench/programs/run-checks.ts`],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'warning',
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  });
  const server = await startServer(root);
  const waits = drawWaits();
  const words = (width) => [server.port, JSON.stringify(waits), String(width)];
  const rounds = Math.min(n, 5);
  const ran = { json: [], wide: [], pty: [] };
  try {
    for (let i = 0; i <= rounds; i += 1) {
      const one = {
        json: runOnce(program, words(20), 'json'),
        wide: runOnce(program, words(100), 'json'),
        pty: runOnce(program, words(20), 'pty'),
      };
      if (i > 0) for (const [name, sample] of Object.entries(one)) ran[name].push(sample);
    }
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const floorOf = (width) => ({
    what: `list schedule, ${width} lanes`,
    value: listSchedule(waits, width),
    unit: 'ms',
  });
  const ratios = (samples, width) => samples.map(({ wall }) => wall / floorOf(width).value);
  const onTerminal = ran.pty.map(({ wall }, i) => wall / ran.json[i].wall);
  const loop = ran.json.map(({ loopP99 }) => loopP99);
  return [
    metric('M9.20', '1,000 checks, 20 at a time', ratios(ran.json, 20), floorOf(20), 1.1, 1.06),
    metric('M9.100', '1,000 checks, 100 at a time', ratios(ran.wide, 100), floorOf(100), 1.3, 1.22),
    metric('M9.pty', 'the same on a terminal / as JSON', onTerminal, floorOf(20), 1.1, 1.05),
    metric('M9.loop', 'own loop delay, p99', loop, { what: 'none', value: 0, unit: 'ms' }, 20, 10, 'ms'),
  ];
}
