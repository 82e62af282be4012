import type { CommandModule } from '../command.ts';
import { runDeploy } from '../deploy/run-deploy.ts';
import { withWired } from '../with-wired.ts';

export const run: CommandModule['run'] = (args, options, context) =>
  withWired(context, (wired) => runDeploy(args, options, context, wired));
