import type { CommandModule } from '../command.ts';
import { runPostmortem } from '../postmortem/run-postmortem.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runPostmortem(args, options, context, wired));
