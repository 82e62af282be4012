import type { Tree } from './make-tree.ts';

/** Package → the exact version that a version of the application asks for. */
export type Dependencies = Readonly<Record<string, string>>;

/** What v2.0.x runs with. */
export const DEPENDENCIES: Dependencies = {
  'drizzle-orm': '0.36.4',
  express: '4.21.2',
  jsonwebtoken: '9.0.2',
  pg: '8.13.1',
  stripe: '17.4.0',
  zod: '3.23.8',
};

/** What those bring along: no release of the sandbox changes them. */
const BELOW: Dependencies = {
  'body-parser': '1.20.3',
  cookie: '0.7.1',
  debug: '2.6.9',
  ms: '2.0.0',
  'pg-pool': '3.7.0',
  'pg-protocol': '1.7.0',
  'pg-types': '2.2.0',
  qs: '6.13.0',
  send: '0.19.0',
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const lock = (version: string, dependencies: Dependencies): string => {
  const installed = Object.entries({ ...dependencies, ...BELOW }).sort(([a], [b]) => (a < b ? -1 : 1));
  const packages = Object.fromEntries(
    installed.map(([name, at]) => [`node_modules/${name}`, { version: at }]),
  );
  const root = { name: 'rur2', version, dependencies, engines: { node: '>=20' } };
  return json({
    name: 'rur2',
    version,
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...packages },
  });
};

const manifest = (version: string, dependencies: Dependencies): string =>
  json({
    name: 'rur2',
    version,
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: { start: 'node dist/server.js', 'db:migrate': 'drizzle-kit migrate' },
    dependencies,
  });

/** package.json and its lockfile. */
export const packageFiles = (version: string, dependencies: Dependencies = DEPENDENCIES): Tree => ({
  'package-lock.json': lock(version, dependencies),
  'package.json': manifest(version, dependencies),
});
