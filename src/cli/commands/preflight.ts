import type { CommandModule } from '../command.ts';
import { runPreflight } from '../preflight/run-preflight.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runPreflight(args, options, context, wired));
