import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/cli/clock.ts';
import { makeRedactor } from '../../src/domain/redact.ts';
import { makeFileLedger } from '../../src/ledger/file/file.ts';
import { makeLedgerOrigin } from '../support/ledger-origin.ts';
import { MemoryLedger, MemoryStore } from '../support/memory/ledger.ts';
import { describeLedger, LEDGER_SECRET } from './ledger-suite.ts';

const redact = makeRedactor([LEDGER_SECRET]);

describeLedger('the ledger in a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-ledger-'));
  const pids = new Map<string, number>();
  const gone = new Set<number>();
  const pidOf = (actor: string): number => {
    const pid = pids.get(actor) ?? pids.size + 1;
    pids.set(actor, pid);
    return pid;
  };
  return {
    open: (actor) =>
      makeFileLedger({
        folder,
        clock: systemClock,
        actor,
        tool: '0.0.0',
        redact,
        machine: {
          host: 'workbench',
          boot: 'b-1',
          pid: pidOf(actor),
          startOf: (pid) => (gone.has(pid) ? undefined : `start of ${pid}`),
        },
      }),
    lose: async (actor) => {
      gone.add(pidOf(actor));
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
});

describeLedger('the ledger of memory', async () => {
  const store = new MemoryStore();
  return {
    open: (actor) => new MemoryLedger(store, { actor, host: `${actor}-laptop`, clock: systemClock, redact }),
    lose: async (actor) => {
      store.gone.add(`${actor}-laptop`);
    },
    close: async () => {},
  };
});

describeLedger('the ledger in git', async () => {
  const origin = makeLedgerOrigin();
  const pids = new Map<string, number>();
  const gone = new Set<number>();
  const pidOf = (actor: string): number => {
    const pid = pids.get(actor) ?? pids.size + 1;
    pids.set(actor, pid);
    return pid;
  };
  return {
    // A cache of their own is all that makes another machine; one name for all of them lets a death be certain.
    open: (actor) =>
      origin.open(actor.replace('/', '-'), {
        redact,
        machine: {
          host: 'workbench',
          pid: pidOf(actor),
          startOf: (pid) => (gone.has(pid) ? undefined : `start of ${pid}`),
        },
      }),
    lose: async (actor) => {
      gone.add(pidOf(actor));
    },
    close: async () => origin.remove(),
  };
});
