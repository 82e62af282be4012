import type { CommandModule } from '../command.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import { abandonPrepare, resumePrepare } from '../prepare/resume-prepare.ts';
import { startPrepare } from '../prepare/start-prepare.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = ([typed], options, context) =>
  withWired(context, (wired) => {
    if (options.abandon === true) return abandonPrepare(options, context, inOwnScope(wired));
    if (options.resume === true) return resumePrepare(options, context, inOwnScope(wired));
    return startPrepare(typed, options, context, wired);
  });
