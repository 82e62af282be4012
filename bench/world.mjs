// The sandbox of the built program with every server as far away as a real one.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const PROXY = fileURLToPath(new URL('./programs/delay-proxy.mjs', import.meta.url));
const ROUND_TRIP_MS = 20;
const SERVICE_MS = { app: 50, stripe: 150 };

const firstLine = (child) =>
  new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      if (text.includes('\n')) resolve(text.split('\n')[0]);
    });
    child.on('exit', () => reject(new Error('the delay proxy ended')));
  });

/** Opens proxies for the given links; `close` ends them. */
async function openProxies(links) {
  const child = spawn(process.execPath, [PROXY, JSON.stringify(links)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ports = JSON.parse(await firstLine(child));
  return { ports, close: () => child.stdin.end() };
}

const portOf = (address) => Number(new URL(address).port);
const withPort = (address, port) => {
  const url = new URL(address);
  url.port = String(port);
  return url.href.replace(/\/$/, '');
};

/** Starts the sandbox and its distance. `config` points at the far servers, `hung` at an application that is silent. */
export async function openWorld(bin) {
  const folder = mkdtempSync(join(tmpdir(), 'release-bench-'));
  const ran = spawnSync(process.execPath, [bin, 'demo', 'up'], { cwd: folder, encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`the sandbox did not come up: ${ran.stderr}`);
  const near = join(folder, '.release/sandbox');
  const config = parse(readFileSync(join(near, 'runbook.config.yaml'), 'utf8'));
  const secrets = readFileSync(join(near, '.env.runbook'), 'utf8');
  const database = /=(['"]?)(postgres(?:ql)?:\/\/[^'"\s]+)\1/g;
  const addresses = [...new Set([...secrets.matchAll(database)].map(([, , url]) => url))];
  const { production, staging } = config.environments;
  const far = (port, serviceMs = 0) => ({ port, serviceMs, roundTripMs: ROUND_TRIP_MS });
  const { ports, close } = await openProxies([
    far(portOf(production.url), SERVICE_MS.app),
    far(portOf(config.services.stripe.apiUrl), SERVICE_MS.stripe),
    far(portOf(staging.url), SERVICE_MS.app),
    { port: 0, silent: true, roundTripMs: 0 },
    ...addresses.map((url) => far(portOf(url))),
  ]);
  const [app, stripe, before, silent, ...databases] = ports;
  const write = (name, url) => {
    const there = join(folder, name);
    mkdirSync(there, { recursive: true });
    const changed = structuredClone(config);
    changed.environments.production.url = url;
    // What is measured is the program; a store on a remote adds the remote's own time.
    for (const environment of Object.values(changed.environments))
      environment.ledger = { store: 'file', local: true };
    changed.environments.staging.url = withPort(staging.url, before);
    changed.services.stripe.apiUrl = withPort(config.services.stripe.apiUrl, stripe);
    writeFileSync(join(there, 'runbook.config.yaml'), stringify(changed));
    const text = addresses.reduce((all, url, i) => all.replaceAll(url, withPort(url, databases[i])), secrets);
    writeFileSync(join(there, '.env.runbook'), text);
    return join(there, 'runbook.config.yaml');
  };
  return {
    folder,
    app: withPort(production.url, app),
    staging: withPort(staging.url, before),
    stripe: withPort(config.services.stripe.apiUrl, stripe),
    databases: addresses.map((url, i) => withPort(url, databases[i])),
    database: withPort(addresses[0] ?? 'postgres://127.0.0.1', databases[0]),
    secrets,
    config: write('far', withPort(production.url, app)),
    hung: write('hung', withPort(production.url, silent)),
    close: () => {
      close();
      spawnSync(process.execPath, [bin, 'demo', 'down'], { cwd: folder });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
