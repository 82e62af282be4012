import type { CommandModule } from '../command.ts';
import { chooseSecond } from '../parity/parity-request.ts';
import { runParity } from '../parity/run-parity.ts';
import { withWired } from '../with-wired.ts';

/** The second environment of --between is the one that the program is put together for. */
export const run: CommandModule['run'] = (_args, options, context) => {
  const env = chooseSecond(options, context.flags);
  const flags = env === undefined ? context.flags : { ...context.flags, env };
  return withWired({ ...context, flags }, (wired) => runParity(options, context, wired));
};
