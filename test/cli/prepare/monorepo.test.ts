import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

const FILES = [
  'package.json',
  'packages/api/package.json',
  'packages/web/package.json',
  '{ path: deploy/.env, match: "APP_VERSION={version}" }',
];

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
const manifest = (name: string, more: object = {}): string => json({ name, version: '2.0.3', ...more });

const LOCK = json({
  name: 'shop',
  version: '2.0.3',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', version: '2.0.3', workspaces: ['packages/*'] },
    'node_modules/left': { version: '2.0.3' },
    'packages/api': { name: 'api', version: '2.0.3' },
    'packages/web': { name: 'web', version: '2.0.3' },
  },
});

let seed: PrepareWorld;
let world: PrepareWorld;

beforeAll(() => {
  seed = makePrepareWorld(`versionFiles: [${FILES.join(', ')}]`);
  for (const folder of ['packages/api', 'packages/web', 'deploy'])
    mkdirSync(join(seed.work, folder), { recursive: true });
  seed.commit('package-lock.json', LOCK, 'chore: workspaces');
  seed.commit('packages/api/package.json', manifest('api'), 'chore: api');
  seed.commit('packages/web/package.json', manifest('web'), 'chore: web');
  seed.push('deploy/.env', 'APP_VERSION=v2.0.3\nOTHER=1\n', 'chore: env');
});
beforeEach(() => {
  world = seed.copy();
});
afterEach(() => world.remove());
afterAll(() => seed.remove());

it('PRE-02 to PRE-04: every workspace, its place in the lockfile and a file of the environment say the version', async () => {
  expect(await world.prepare('v2.1.0')).toMatchObject({ exitCode: 0 });
  const show = (file: string): string => world.show('v2.1.0-rc.1', file);
  for (const name of ['api', 'web'])
    expect(JSON.parse(show(`packages/${name}/package.json`))).toMatchObject({ version: '2.1.0' });
  expect(JSON.parse(show('package-lock.json'))).toMatchObject({
    version: '2.1.0',
    packages: {
      '': { version: '2.1.0' },
      'node_modules/left': { version: '2.0.3' },
      'packages/api': { version: '2.1.0' },
      'packages/web': { version: '2.1.0' },
    },
  });
  expect(show('deploy/.env')).toBe('APP_VERSION=v2.1.0\nOTHER=1');
});

it('PRE-04: a workspace that another one still asks for by the old number stops it, and nothing is pushed', async () => {
  world.push(
    'packages/web/package.json',
    manifest('web', { dependencies: { api: '2.0.3' } }),
    'feat: web asks for api',
  );
  const before = world.refs();
  const said = await world.prepare('v2.1.0').then(
    () => 'none',
    (error) => (isReleaseError(error) ? `${error.code}: ${error.text.what}` : String(error)),
  );
  expect(said).toContain('E_VERSION_FILES');
  expect(said).toContain('packages/web/package.json');
  expect(world.refs()).toEqual(before);
});

it('PRE-04: a workspace that nobody configured is named', async () => {
  mkdirSync(join(world.work, 'packages/cli'));
  world.push('packages/cli/package.json', manifest('cli'), 'chore: cli');
  const { result } = await world.prepare('v2.1.0');
  expect(JSON.stringify(result.warnings)).toContain('packages/cli/package.json');
});
