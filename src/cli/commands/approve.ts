import { runApprove } from '../approve/run-approve.ts';
import type { CommandModule } from '../command.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runApprove(args, options, context, wired));
