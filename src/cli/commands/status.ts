import type { CommandModule } from '../command.ts';
import { runStatus } from '../look-back/run-status.ts';
import { wire } from '../wire.ts';

export const run: CommandModule['run'] = (_args, options, context) =>
  runStatus(context, wire, options.why === true);
