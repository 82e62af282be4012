import type { CommandModule } from '../command.ts';
import { runWatch } from '../watch/run-watch.ts';

export const run: CommandModule['run'] = async (args, options, context) => runWatch(args, options, context);
