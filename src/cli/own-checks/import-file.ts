import { join } from 'node:path';
import type { Jiti } from 'jiti';

/** Imports TypeScript and JavaScript files of the runbook's owner. */
export interface Importer {
  /** The file's default export. */
  load(path: string): Promise<unknown>;
  /** Paths of everything that was compiled so far: the files, and what they import. */
  loaded(): readonly string[];
  /** The file as it is run, with its source map inside. */
  compile(path: string, source: string): string;
}

const openJiti = async (root: string): Promise<Jiti> => {
  const [{ createJiti }, kit] = await Promise.all([import('jiti'), import('../../kit.ts')]);
  return createJiti(join(root, 'runbook.config.yaml'), {
    fsCache: join(root, '.release', 'cache', 'checks'),
    sourceMaps: true,
    interopDefault: false,
    // The kit of the program that runs, not of another one that is installed somewhere: errors keep their class.
    virtualModules: { 'release-runbook/kit': kit },
  });
};

/** Loads the compiler itself, so that nobody pays for it who has no checks of their own. */
export async function makeImporter(root: string): Promise<Importer> {
  const jiti = await openJiti(root);
  return {
    load: async (path) => (await jiti.import<{ readonly default?: unknown }>(path)).default,
    loaded: () => Object.keys(jiti.cache),
    compile: (path, source) =>
      jiti.transform({ source, filename: path, ts: /\.[cm]?ts$/.test(path), async: true }),
  };
}
