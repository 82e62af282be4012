import { isTooShortToHide } from '../domain/redact.ts';
import type { Secrets } from '../domain/secrets.ts';
import { listSecrets } from './missing-secrets.ts';
import type { Path } from './place.ts';
import type { Runbook } from './schema/index.ts';

/** Secrets whose values are too short to be hidden on screens and in records, told without the values. */
export const findShortSecrets = (
  runbook: Runbook,
  secrets: Pick<Secrets, 'has' | 'read'>,
  env?: string,
): readonly { readonly path: Path; readonly message: string }[] =>
  listSecrets(runbook, env)
    .filter(({ name }) => secrets.has(name) && isTooShortToHide(secrets.read(name)))
    .map(({ name, paths }) => ({
      path: paths[0] ?? [],
      message: `the value of ${name} is too short to be hidden: it is shown wherever it stands. Choose a longer one.`,
    }));
