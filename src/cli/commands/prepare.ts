import { ReleaseError } from '../../domain/failure.ts';
import type { CommandModule } from '../command.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import { refusePairs } from '../prepare/refuse-pairs.ts';
import { abandonPrepare, resumePrepare } from '../prepare/resume-prepare.ts';
import { startBackMerge } from '../prepare/start-back-merge.ts';
import { startPrepare } from '../prepare/start-prepare.ts';
import { withWired } from '../with-wired.ts';

const noPlan = (flag: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: `--plan changes nothing, and ${flag} is about a run whose plan is stored already.`,
    next: 'Leave one of them out.',
    state: 'untouched',
  });

export const run: CommandModule['run'] = async ([typed], options, context) => {
  refusePairs(options);
  return withWired(context, async (wired) => {
    const flag = [
      options.abandon === true ? '--abandon' : '',
      options.resume === true ? '--resume' : '',
    ].find(Boolean);
    if (flag !== undefined && context.flags.plan) throw noPlan(flag);
    if (options.abandon === true) return abandonPrepare(options, context, inOwnScope(wired));
    if (options.resume === true) return resumePrepare(options, context, inOwnScope(wired));
    if (options.backMerge === true) return startBackMerge(typed, options, context, wired);
    return startPrepare(typed, options, context, wired);
  });
};
