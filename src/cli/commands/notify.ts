import type { CommandModule } from '../command.ts';
import { runNotify } from '../notify/run-notify.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runNotify(args, options, context, wired));
