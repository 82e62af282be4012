import type { CommandModule } from '../command.ts';
import { runDemo } from '../demo/run-demo.ts';

export const run: CommandModule['run'] = (args, options, context) => runDemo(args, options, context);
