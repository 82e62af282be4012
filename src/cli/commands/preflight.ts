import type { CommandModule } from '../command.ts';
import { runPreflight } from '../preflight/run-preflight.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = async (args, options, context) => {
  if (options.files === undefined)
    return withWired(context, (wired) => runPreflight(args, options, context, wired));
  // Judging files needs the schema and its parser, which the gate remembers to have used.
  const { runFiles } = await import('../preflight/run-files.ts');
  return runFiles(args, options, context);
};
