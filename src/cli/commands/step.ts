import type { CommandModule } from '../command.ts';
import { runStepCommand } from '../step/run-step.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runStepCommand(args, options, context, wired));
