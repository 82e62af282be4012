import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Running } from '../run-bin.ts';
import type { Scenario } from './open-scenario.ts';

/** A process that stands still for the whole test would be waited for by its writer's lock for as long. */
const TRIES = 200;

/**
 * Stops the program as a closed lid does. Not inside the few milliseconds in which it writes a record: who is stopped
 * there keeps every other process of this machine from the journal, and they say so (E_LEDGER_BUSY).
 */
export async function freeze(running: Running, { folder }: Scenario): Promise<void> {
  const lock = join(folder, '.release/state/rur2/production/append.lock');
  for (let tries = 0; tries < TRIES; tries += 1) {
    running.kill('SIGSTOP');
    if (!existsSync(lock)) return;
    running.kill('SIGCONT');
    await wait(5);
  }
  throw new Error('it never stopped writing');
}
