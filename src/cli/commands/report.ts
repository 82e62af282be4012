import type { CommandModule } from '../command.ts';
import { runReport } from '../report/run-report.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runReport(args, options, context, wired));
