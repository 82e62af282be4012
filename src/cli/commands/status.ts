import type { CommandModule } from '../command.ts';
import { runOwners } from '../look-back/run-owners.ts';
import { runStatus } from '../look-back/run-status.ts';
import { wire } from '../wire.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (_args, options, context) =>
  options.owners === true
    ? withWired(context, async (wired) => runOwners(context, wired))
    : runStatus(context, wire, options.why === true);
