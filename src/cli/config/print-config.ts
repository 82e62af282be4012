import { join } from 'node:path';
import { type ChosenEnv, chooseEnv } from '../../config/choose-env.ts';
import { type Explained, explainRunbook, renderExplained } from '../../config/explain.ts';
import { findEnvironment } from '../../config/find-environment.ts';
import { type Loaded, loadRunbook } from '../../config/load.ts';
import { makeSecrets, SECRETS_FILE } from '../../config/secrets.ts';
import { EXIT } from '../exit.ts';
import type { ConfigAnswer, ConfigOrder } from './answer.ts';

function sayOrigin({ origin }: ChosenEnv): string {
  if (typeof origin === 'object') return `${origin.file}:${origin.line}:${origin.col}`;
  return origin === 'environment' ? 'env RELEASE_ENV' : origin;
}

/** Somebody who named an environment does not ask about the others. */
function narrow(loaded: Loaded, { name, origin }: ChosenEnv): Loaded {
  const environment = findEnvironment(loaded, name);
  if (origin !== 'flag' && origin !== 'environment') return loaded;
  return { ...loaded, runbook: { ...loaded.runbook, environments: { [name]: environment } } };
}

/**
 * Every value (or those below `path`) with its origin; secrets as `set (…3f9c)` or `missing`. Throws E_CONFIG_INVALID
 * for a configuration with problems, E_CONFIG_PATH for a part that is not there, E_ENV_UNKNOWN.
 */
export function printConfig(order: ConfigOrder, path = ''): ConfigAnswer {
  const loaded = loadRunbook(order);
  const secrets = makeSecrets({ env: order.env, envFile: join(loaded.root, SECRETS_FILE) });
  secrets.subscribe(order.learn);
  const chosen = chooseEnv(loaded, secrets, order.typedEnv);
  const values = explainRunbook(narrow(loaded, chosen), secrets, path);
  const env: Explained = { path: '--env', value: chosen.name, origin: sayOrigin(chosen) };
  const rows = path === '' ? [env, ...values] : values;
  return {
    exitCode: EXIT.ok,
    text: renderExplained(rows),
    result: { env: chosen.name, values: rows.map((row) => ({ ...row })) },
  };
}
