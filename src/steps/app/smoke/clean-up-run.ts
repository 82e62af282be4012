import { type CleanUp, cleanUp } from './clean-up.ts';
import { findLeft } from './find-left.ts';
import { passOnce } from './first-pass.ts';
import { makePass, type SmokeOrder, type SmokeServices } from './make-pass.ts';

/** A checkout session lives no longer than that. */
const DAY_MS = 86_400_000;

/**
 * Takes away what the smoke test of an earlier run left behind, by the run's name: what changes nothing is sent once, so that the
 * test user is logged in, then its records are looked for and deleted (E-72). `order.run` is that run.
 */
export async function cleanUpRun(services: SmokeServices, order: SmokeOrder): Promise<CleanUp> {
  const pass = makePass(services, { ...order, readOnly: true });
  await passOnce(pass);
  const since = new Date(order.clock.now().getTime() - DAY_MS);
  const { found, unsure } = await findLeft(pass.calls, pass.sending, { run: order.run, since });
  const { left, ...counts } = await cleanUp(found, pass.sending);
  return { ...counts, found: found.length, left: [...left, ...unsure] };
}
