import { isLoopback } from '../../domain/loopback.ts';
import type { Path } from '../place.ts';
import type { Environment, Runbook } from '../schema/index.ts';
import type { Remark } from './remark.ts';

type Address = { readonly path: Path; readonly url: string };

const ofEnvironment = (env: string, { url, statusPage }: Environment): Address[] => [
  { path: ['environments', env, 'url'], url },
  ...(statusPage?.kind === 'atlassian'
    ? [{ path: ['environments', env, 'statusPage', 'apiUrl'], url: statusPage.apiUrl }]
    : []),
];

/** Every address that the file names, and those of vendors that it leaves at their defaults. */
function addressesOf({ environments, services, measurements }: Runbook): Address[] {
  const vendors = (['neon', 'stripe', 'github', 'slack'] as const).flatMap((name) => {
    const url = services[name]?.apiUrl;
    return url === undefined ? [] : [{ path: ['services', name, 'apiUrl'], url }];
  });
  const sources = Object.entries(measurements).flatMap(([name, one]) =>
    'url' in one ? [{ path: ['measurements', name, 'url'], url: one.url }] : [],
  );
  const own = Object.entries(environments).flatMap(([env, one]) => ofEnvironment(env, one));
  return [...own, ...vendors, ...sources];
}

/**
 * `sandbox: true` shortens waits and writes SANDBOX over every message, so nothing real may be reachable under it (T47):
 * every address is one of this machine.
 */
export const checkSandbox = (runbook: Runbook): Remark[] =>
  runbook.sandbox
    ? addressesOf(runbook)
        .filter(({ url }) => !isLoopback(url))
        .map(({ path, url }) => ({
          path,
          message: `sandbox: true, but ${path.join('.')} leads to ${new URL(url).host}: a sandbox reaches this machine alone`,
        }))
    : [];
