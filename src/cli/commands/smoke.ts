import type { CommandModule } from '../command.ts';
import { runSmoke } from '../smoke/run-smoke.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runSmoke(args, options, context, wired));
