import type { CommandModule } from '../command.ts';
import { runStatusPage } from '../status-page/run-status-page.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (_args, options, context) =>
  withWired(context, (wired) => runStatusPage(options, context, wired));
