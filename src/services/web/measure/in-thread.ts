import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Measurement } from '../port.ts';
import type { LanesOrder } from './run-lanes.ts';

let kept: string | undefined;

/**
 * The prober as it was built, read once: by whoever measures, and by a run before it begins. Undefined in the sources, where
 * the caller's own thread measures.
 */
export function keepProber(): string | undefined {
  const file = fileURLToPath(new URL('../prober.cjs', import.meta.url));
  if (kept === undefined && existsSync(file)) kept = readFileSync(file, 'utf8');
  return kept;
}

/** Measures in a thread of its own. `program` is its text: an upgrade may have replaced the file by now (F79). */
export function measureInThread(
  program: string,
  order: LanesOrder,
  signal: AbortSignal,
): Promise<Measurement> {
  signal.throwIfAborted();
  const worker = new Worker(program, { eval: true, workerData: order, env: {}, execArgv: [] });
  return new Promise<Measurement>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the prober ended with ${code}`)));
  }).finally(() => worker.terminate());
}
