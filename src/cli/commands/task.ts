import type { CommandModule } from '../command.ts';
import { runTask } from '../tasks/run-task.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runTask(args, options, context, wired));
