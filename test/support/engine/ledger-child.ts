// A process of its own that uses the ledger in a file, or the one in PostgreSQL that LEDGER_URL names; test/support/engine/start-child.ts bundles and starts it.
import { closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { systemClock } from '../../../src/cli/clock.ts';
import { readMachine } from '../../../src/cli/wiring/read-machine.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makeFileLedger } from '../../../src/ledger/file/file.ts';
import type { Held } from '../../../src/ledger/ledger.ts';
import { factEvent } from '../ledger-events.ts';
import { openPostgresLedger } from '../postgres-ledger.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const who = { clock: systemClock, actor: name, redact: (text: string) => text };
const machine = readMachine('workbench');
const { LEDGER_URL: url } = process.env;
const ledger =
  url === undefined
    ? makeFileLedger({ ...who, folder, machine, tool: '0.0.0' })
    : openPostgresLedger({ ...who, url, machine }).ledger;
const rights = new Map<string, Held>();

/** Takes memory until V8 gives up, as a leak does. */
function hoard(): never {
  // V8's last words are long.
  closeSync(2);
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, i) => i + kept.length));
}

async function obey(word: string, scope: string, count: number): Promise<string> {
  if (word === 'acquire') {
    rights.set(scope, await ledger.acquire(scope, { run: `r-${name}`, actor: name, reason: 'contest' }));
    return 'won';
  }
  if (word === 'hoard') hoard();
  if (word === 'note') await ledger.note(scope, factEvent(`${name}-${count}`));
  const held = rights.get(scope);
  if (word !== 'append' || held === undefined) return 'noted';
  for (let i = 0; i < count; i += 1) {
    await ledger.append(held, factEvent(`${name}-${i}`, 'x'.repeat(900)));
    process.stdout.write(`wrote ${i}\n`);
  }
  return 'appended';
}

for await (const line of createInterface({ input: process.stdin })) {
  const [word = '', scope = '', count = '0'] = line.split(' ');
  const answer = await obey(word, scope, Number(count)).catch((error: unknown) =>
    isReleaseError(error) ? `${error.code} ${error.message}` : `bug ${String(error)}`,
  );
  process.stdout.write(`${answer}\n`);
}
