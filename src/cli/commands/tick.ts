import type { CommandModule } from '../command.ts';
import { runTick } from '../jobs/run-tick.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (_args, options, context) =>
  withWired(context, (wired) => runTick(options, context, wired));
