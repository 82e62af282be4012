import type { CommandModule } from '../command.ts';
import { runHistory } from '../look-back/run-history.ts';
import { wire } from '../wire.ts';

export const run: CommandModule['run'] = (args, options, context) => runHistory(args, options, context, wire);
