import { expect, it } from 'vitest';
import { listVersionFiles } from '../../../src/domain/version-files/list-version-files.ts';

const pathsOf = (configured: Parameters<typeof listVersionFiles>[0]) =>
  listVersionFiles(configured).map(({ path }) => path);

it('PRE-02, PRE-03: a package.json comes with its lockfile, and the client with the application', () => {
  expect(listVersionFiles(['package.json'])).toEqual([
    { path: 'package.json', kind: 'json', mayLack: 'nothing' },
    { path: 'client/package.json', kind: 'json', mayLack: 'version' },
    { path: 'package-lock.json', kind: 'lockfile', mayLack: 'file' },
    { path: 'npm-shrinkwrap.json', kind: 'lockfile', mayLack: 'file' },
    { path: 'client/package-lock.json', kind: 'lockfile', mayLack: 'version' },
    { path: 'client/npm-shrinkwrap.json', kind: 'lockfile', mayLack: 'version' },
  ]);
});

it('PRE-03: a client that is configured must be there and carry the version', () => {
  const client = listVersionFiles(['package.json', 'client/package.json']).filter(
    ({ path }) => path === 'client/package.json',
  );
  expect(client).toEqual([{ path: 'client/package.json', kind: 'json', mayLack: 'nothing' }]);
});

it('PRE-04: a file of the environment is looked at for its match, and has no lockfile', () => {
  const match = 'APP_VERSION={version}';
  expect(listVersionFiles([{ path: 'deploy/production.env', match }])[0]).toEqual({
    path: 'deploy/production.env',
    match,
    kind: 'text',
    mayLack: 'nothing',
  });
  expect(pathsOf([{ path: 'deploy/production.env', match }])).not.toContain('deploy/package-lock.json');
});
