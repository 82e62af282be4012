import { type ChecksAnswer, type ChecksOrder, runChecks } from '../../engine/run-checks.ts';
import type { CliContext } from '../context.ts';
import { openProgress } from '../progress.ts';
import type { Wired } from '../wired.ts';
import type { PreparedGate } from './prepare-gate.ts';

/** Asks the checks of a prepared gate, but for those that `recall` answers, and shows them while they answer. */
export async function askChecks(
  { choice }: PreparedGate,
  context: CliContext,
  { services, clock }: Wired,
  recall?: ChecksOrder['recall'],
): Promise<ChecksAnswer> {
  const progress = await openProgress(context);
  try {
    return await runChecks({
      ...choice,
      services,
      clock,
      emit: progress.emit,
      signal: context.stop.signal,
      ...(recall === undefined ? {} : { recall }),
    });
  } finally {
    await progress.close();
  }
}
