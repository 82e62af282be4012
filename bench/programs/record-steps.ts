// What one step costs the ledger: its intent and its end, in the store that is named. Prints one time in ms for each.
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/cli/clock.ts';
import { readMachine } from '../../src/cli/wiring/read-machine.ts';
import { makeFileLedger } from '../../src/ledger/file/file.ts';
import { makeGitLedger } from '../../src/ledger/git/git.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { makePostgresLedger } from '../../src/ledger/postgres/postgres.ts';
import { startCluster } from '../../src/sandbox/postgres/cluster.ts';
import { makeRefChain } from '../../src/services/git/ref-chain.ts';
import { makeAddress } from '../../src/services/postgres/address.ts';
import { makeConnections } from '../../src/services/postgres/connections.ts';
import { makeLedgerDatabase } from '../../src/services/postgres/ledger-database.ts';
import { makeShell } from '../../src/services/shell/real.ts';

interface Opened {
  readonly ledger: Ledger;
  /** Pushes that the origin has taken so far; undefined for stores that push nothing. */
  readonly pushes?: () => number;
  close(): Promise<void>;
}

const [store = '', folder = '', words = '0'] = process.argv.slice(2);
const scope = 'bench/production';
const run = 'r-bench';
const who = {
  clock: systemClock,
  machine: readMachine('bench'),
  actor: 'bench',
  tool: '0.0.0',
  redact: (text: string) => text,
};

function openGit(): Opened {
  const origin = join(folder, 'origin.git');
  execFileSync('git', ['init', '--bare', '--quiet', origin]);
  const log = join(folder, 'pushes');
  appendFileSync(log, '');
  writeFileSync(join(origin, 'hooks/post-receive'), `#!/bin/sh\necho push >> '${log}'\n`, { mode: 0o755 });
  const identity = { name: 'Bench', email: 'bench@example.com' };
  const place = { remote: origin, cacheFolder: join(folder, 'cache'), checkoutFolder: folder, identity };
  const ledger = makeGitLedger({ ...who, remote: makeRefChain({ shell: makeShell(), ...place }) });
  const pushes = () => readFileSync(log, 'utf8').split('\n').length - 1;
  return { ledger, pushes, close: async () => undefined };
}

async function openPostgres(): Promise<Opened> {
  const cluster = await startCluster({ folder: join(folder, 'postgres'), durable: true });
  const connections = makeConnections('release/ledger', 10_000);
  const database = makeLedgerDatabase(
    connections,
    makeAddress('the ledger', '$LEDGER', cluster.url('postgres')),
  );
  const close = async () => {
    await connections.close();
    await cluster.stop();
  };
  return { ledger: makePostgresLedger({ ...who, database }), close };
}

const openFile = (): Opened => ({
  ledger: makeFileLedger({ ...who, folder: join(folder, 'state') }),
  close: async () => undefined,
});

const STORES: Readonly<Record<string, () => Opened | Promise<Opened>>> = {
  file: openFile,
  git: openGit,
  postgres: openPostgres,
};

const { ledger, pushes, close } = (await STORES[store]?.()) ?? {
  ledger: undefined,
  close: async () => undefined,
};
if (ledger === undefined) throw new Error(`no store is called ${store}`);
try {
  const held = await ledger.acquire(scope, { run, actor: 'bench', reason: 'bench' });
  const before = pushes?.() ?? 0;
  const took: number[] = [];
  for (let i = 0; i < Number(words); i += 1) {
    const started = performance.now();
    const head = { run, step: `step-${i}`, def: 1 };
    const intent = { attempt: 1, key: `k${i}`, inputDigest: 'd' };
    await ledger.append(held, { ...head, id: `${i}:intent`, type: 'step.intent', data: intent });
    const done = { how: 'effect', done: {}, tookMs: 1 } as const;
    await ledger.append(held, { ...head, id: `${i}:done`, type: 'step.done', data: done }, { mayWait: true });
    took.push(performance.now() - started);
  }
  const pushed = pushes && (pushes() - before) / took.length;
  await ledger.release(held, 'completed');
  process.stdout.write(`@${JSON.stringify({ took, pushed: pushed ?? null })}\n`);
} finally {
  await close();
}
