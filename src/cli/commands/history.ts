import type { CommandModule } from '../command.ts';
import { runHistory } from '../look-back/run-history.ts';
import { openView } from '../wiring/open-view.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  runHistory(args, options, context, openView);
