import { join } from 'node:path';
import { findWrongValues, refuseWrongValues } from '../../config/check-values.ts';
import { chooseEnv } from '../../config/choose-env.ts';
import { findEnvironment } from '../../config/find-environment.ts';
import { makeSecrets, type RunbookSecrets, SECRETS_FILE } from '../../config/secrets.ts';
import type { Clock } from '../../domain/clock.ts';
import { refuseTlsOff } from '../../services/proxy.ts';
import { clockFor } from '../clock.ts';
import type { CliContext } from '../context.ts';
import { refuseOpenProcess } from '../refuse-open-process.ts';
import { type Recalled, recallRunbook } from './recall-runbook.ts';

/** What every command stands on. */
export interface Ground {
  readonly loaded: Recalled;
  readonly secrets: RunbookSecrets;
  readonly env: string;
  readonly clock: Clock;
}

/** The configuration, its secrets and the environment that is meant; refuses what would mix environments up. */
export async function layGround(context: CliContext): Promise<Ground> {
  refuseTlsOff(context.env);
  const loaded = await recallRunbook({ cwd: context.cwd, file: context.flags.config, env: context.env });
  const secrets = makeSecrets({ env: context.env, envFile: join(loaded.root, SECRETS_FILE) });
  secrets.subscribe(context.learn);
  const env = chooseEnv(loaded, secrets, context.flags.env).name;
  const { sandbox } = loaded.runbook;
  if (findEnvironment(loaded, env).protected && !sandbox) refuseOpenProcess(context.nodeFlags, env);
  refuseWrongValues(findWrongValues(loaded.runbook, secrets));
  return { loaded, secrets, env, clock: clockFor(sandbox, context.env) };
}
