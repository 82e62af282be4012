import type { CommandModule } from '../command.ts';
import { runNote } from '../note/run-note.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runNote(args, options, context, wired));
