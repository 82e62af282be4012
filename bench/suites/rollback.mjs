// M11: what a rollback costs beside what it waits for, and how long a Slack that hangs holds up what comes next.
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { median, round } from '../measure.mjs';
import { openWorld } from '../world.mjs';

/** Entries that wait for the platform, the database or the application, by the name before a colon. */
const WAITS = ['publish', 'prove-live', 'warm-up', 'smoke', 'revert', 'restore-database', 'raise-sequences'];
const isWait = (name) => WAITS.includes(name.split(':')[0]);
const isMessage = (name) => ['announce', 'progress', 'complete'].includes(name);

/** Accepts connections and never says a word. */
async function startSilence() {
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

/** Events of one rollback with their times, in ms since the program was started. */
function rollBack(bin, config, to, folder) {
  const events = join(folder, `${to}.jsonl`);
  const words = ['rollback', '--to', to, '--env', 'production', '--yes', '--config', config];
  const env = { ...process.env, CI: '1', NO_COLOR: '1' };
  delete env.NODE_EXTRA_CA_CERTS;
  const began = Date.now();
  const child = spawn(process.execPath, [bin, ...words, '--events', events], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (part) => {
    said += part;
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      if (code !== 0)
        return reject(new Error(`release ${words.join(' ')} ended with ${code}:\n${said.slice(-1500)}`));
      const told = readFileSync(events, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      return resolve({
        wall: Date.now() - began,
        told: told.map((one) => ({ ...one, ms: Date.parse(one.at) - began })),
      });
    });
  });
}

/** How long the step behind a message waited for it, at worst; the last message has none behind it. In ms. */
function readHeldUp(told) {
  const begun = told.filter(({ type }) => type === 'step.started');
  const waits = begun.flatMap(({ name, ms }, i) => {
    const next = begun.slice(i + 1).find((one) => !isMessage(one.name));
    return isMessage(name) && next !== undefined ? [next.ms - ms] : [];
  });
  return Math.max(...waits);
}

/** What one rollback took beside its waits and until its first effect, and what its messages held up; all in ms. */
function readFigures({ wall, told }) {
  const done = told.filter(({ type }) => type === 'step.done');
  const path = done.filter(({ name }) => isWait(name)).reduce((all, { tookMs }) => all + tookMs, 0);
  const first = told.find(({ type }) => type === 'step.started')?.ms ?? 0;
  return { own: wall - path, path, first, heldUp: readHeldUp(told) };
}

const metric = (id, title, values, must, reach, what, floor) => {
  const value = median(values);
  return {
    metric: {
      ...{ id, title, unit: 'ms', better: 'lower', value: round(value), ci95: null, n: values.length },
      ...{ basis: 'wall', floor: { what, value: round(floor), unit: 'ms' }, peers: [], must, reach },
      ...{ ours: { value: round(value), unit: 'ms' }, status: value <= must ? 'ok' : 'miss', why: null },
    },
    rounds: values.map((ours) => ({ ours })),
  };
};

/** The same configuration with another address for Slack. */
function withSlack(config, url) {
  const changed = parse(readFileSync(config, 'utf8'));
  changed.services.slack.apiUrl = `${url}/`;
  const path = join(config, '../silent.yaml');
  writeFileSync(path, stringify(changed));
  return path;
}

/** Three rollbacks in one sandbox: a first one that warms up, the one that is measured, one with a Slack that hangs. */
export async function measureRollback({ bin }) {
  const world = await openWorld(bin);
  const folder = mkdtempSync(join(tmpdir(), 'release-bench-back-'));
  const silence = await startSilence();
  // The command that publishes lies beside the configuration.
  const near = join(world.folder, '.release/sandbox/publish.mjs');
  copyFileSync(near, join(world.config, '../publish.mjs'));
  try {
    await rollBack(bin, world.config, 'v2.0.2', folder);
    const usual = readFigures(await rollBack(bin, world.config, 'v2.0.1', folder));
    const hung = readFigures(await rollBack(bin, withSlack(world.config, silence.url), 'v2.0.0', folder));
    const must = Math.max(5000, usual.path / 100);
    return [
      metric(
        'M11.own',
        'rollback beside its waits',
        [usual.own],
        must,
        300,
        'what it waited for',
        usual.path,
      ),
      metric('M11.first', 'until its first effect', [usual.first], 500, 500, 'none', 0),
      metric(
        'M11.slack',
        'a Slack that hangs, until the next step begins',
        [hung.heldUp],
        100,
        20,
        'a good one',
        usual.heldUp,
      ),
    ];
  } finally {
    silence.close();
    rmSync(folder, { recursive: true, force: true });
    world.close();
  }
}
