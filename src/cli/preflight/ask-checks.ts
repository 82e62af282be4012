import { type ChecksAnswer, runChecks } from '../../engine/run-checks.ts';
import type { ReleaseScope } from '../../kit.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import { readDriftFacts } from '../drift/read-drift-facts.ts';
import { openProgress } from '../progress.ts';
import { makeWaivers, splitGlobs } from '../waivers.ts';
import type { Wired } from '../wired.ts';

/** Asks the preflight checks that the flags choose, and shows them while they answer. */
export async function askChecks(
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
  release: ReleaseScope | undefined,
): Promise<ChecksAnswer> {
  const { runbook, env, environment, services, configured, checks, clock } = wired;
  const [only, skip, waived] = [options.only, options.skip, options.waive].map(splitGlobs);
  const by = waived === undefined ? '' : await context.readActor();
  const ids = checks.map((check) => check.id);
  const waivers = makeWaivers(waived, options.reason, by, ids);
  const facts = await readDriftFacts(wired);
  const policy = { env, environment, runbook, thresholds: runbook.thresholds, now: clock.now(), facts };
  const progress = await openProgress(context);
  try {
    return await runChecks({
      gate: 'preflight',
      checks,
      services,
      configured,
      policy: release === undefined ? policy : { ...policy, release },
      clock,
      emit: progress.emit,
      signal: context.stop.signal,
      waivers,
      ...(only === undefined ? {} : { only }),
      ...(skip === undefined ? {} : { skip }),
    });
  } finally {
    await progress.close();
  }
}
