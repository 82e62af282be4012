import type { CommandModule } from '../command.ts';
import { runFiles } from '../preflight/run-files.ts';
import { runPreflight } from '../preflight/run-preflight.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  options.files === undefined
    ? withWired(context, (wired) => runPreflight(args, options, context, wired))
    : runFiles(args, options, context);
