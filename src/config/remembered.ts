import type { Loaded, Origin } from './load.ts';
import { listSecrets } from './missing-secrets.ts';
import type { Path } from './place.ts';
import type { Place } from './problem.ts';
import type { Runbook } from './schema/index.ts';

/** A checked configuration as plain data: what the program asks of it, without the text and its parser. */
export interface Remembered {
  readonly runbook: Runbook;
  readonly digest: string;
  readonly places: Readonly<Record<string, Place | 'default'>>;
}

type At = 'key' | 'value';

const nameOf = (path: Path, at: At): string => JSON.stringify([at, ...path]);

/** Everything whose place a message can name: the environments, the default one, and each secret. */
const listAsked = (runbook: Runbook): readonly (readonly [Path, At])[] => [
  [['environments'], 'key'],
  [['defaultEnv'], 'value'],
  ...listSecrets(runbook).flatMap(({ paths }) => paths.map((path) => [path, 'value'] as const)),
];

/** What is worth keeping of a loaded configuration. Its warnings are `release config check`'s, which remembers nothing. */
export function remember({ runbook, digest, origin }: Loaded): Remembered {
  const places = listAsked(runbook).map(([path, at]) => [nameOf(path, at), origin(path, at)] as const);
  return { runbook, digest, places: Object.fromEntries(places) };
}

/** The origins of a remembered configuration. Throws for a place that was never kept: that is a bug of ours. */
export const originOf =
  ({ places }: Pick<Remembered, 'places'>): Origin =>
  (path, at = 'value') => {
    const found = places[nameOf(path, at)];
    if (found === undefined) throw new TypeError(`no place was kept for ${nameOf(path, at)}`);
    return found;
  };
