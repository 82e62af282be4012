import type { CommandModule } from '../command.ts';
import { runLedger } from '../ledger/run-ledger.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runLedger(args, options, context, wired));
