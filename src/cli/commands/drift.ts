import type { CommandModule } from '../command.ts';
import { runDrift } from '../drift/run-drift.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (_args, options, context) =>
  withWired(context, (wired) => runDrift(options, context, wired));
