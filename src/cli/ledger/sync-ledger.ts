import { plural } from '../../domain/plural.ts';
import { makeRunId } from '../../engine/run-id.ts';
import { hasSpool, setSpoolAside } from '../../ledger/file/spool-files.ts';
import { findBrought, syncSpool } from '../../ledger/sync-spool.ts';
import type { CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import { openSpool } from '../wiring/open-spool.ts';
import { answer } from './answer.ts';

/**
 * Brings what `rollback --break-glass` recorded on this machine into the ledger. Asks nobody: it adds what happened, and
 * takes nothing away. Afterwards an interrupted rollback goes on from the ledger.
 */
export async function syncLedger(context: CliContext, wired: Wired): Promise<CommandResult> {
  const { ledger, scope, clock, env } = wired;
  const { folder, spool } = await openSpool(context, wired);
  if (!hasSpool(folder, scope))
    return answer(wired, [`  ✔ Nothing was recorded for ${scope} on this machine without the ledger.`], {
      brought: 0,
    });
  if (context.flags.plan) {
    const count = plural(findBrought(await spool.read(scope)).length, 'entry', 'entries');
    return answer(wired, [`  ${count} would be brought from this machine, from ${folder}.`], { brought: 0 });
  }
  const run = makeRunId(clock, context.random);
  const reason = 'brings what was recorded without the ledger';
  const brought = await syncSpool(spool, ledger, { scope, run, actor: await context.readActor(), reason });
  const kept = await setSpoolAside(folder, scope, run);
  return answer(
    wired,
    [
      `  ✔ ${plural(brought, 'entry', 'entries')} of ${scope} brought into the ledger, with their own times.`,
      `    kept here: ${kept}`,
    ],
    { brought, kept },
    [`release history --env ${env}`],
  );
}
