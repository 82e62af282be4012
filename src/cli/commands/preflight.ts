import type { CommandModule } from '../command.ts';
import { runPreflight } from '../preflight/run-preflight.ts';
import { wire } from '../wire.ts';

export const run: CommandModule['run'] = async (args, options, context) => {
  const wired = await wire(context);
  try {
    return await runPreflight(args, options, context, wired);
  } finally {
    await wired.close();
  }
};
