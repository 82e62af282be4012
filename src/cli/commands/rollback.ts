import type { CommandModule } from '../command.ts';
import { runRollback } from '../rollback/run-rollback.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runRollback(args, options, context, wired));
