import type { CommandModule } from '../command.ts';
import { runHandoff } from '../handoff/run-handoff.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runHandoff(args, options, context, wired));
