import { describe, expect, it } from 'vitest';
import type { VersionFile } from '../../../src/domain/version-files/list-version-files.ts';
import { readVersionPlaces } from '../../../src/domain/version-files/read-version-places.ts';

const json: VersionFile = { path: 'package.json', kind: 'json', mayLack: 'nothing' };
const client: VersionFile = { path: 'client/package.json', kind: 'json', mayLack: 'version' };
const lock: VersionFile = { path: 'package-lock.json', kind: 'lockfile', mayLack: 'file' };
const text = (match: string): VersionFile => ({ path: 'a.env', kind: 'text', match, mayLack: 'nothing' });
const lockOf = (top: unknown, own: unknown, more: object = {}) =>
  JSON.stringify({ version: top, packages: { '': { version: own }, ...more } });

it.each(['not json', '[]', 'null', '{"version":3}', undefined])(
  'HOP-03: finds no version in a package.json that reads %s',
  (content) => {
    expect(readVersionPlaces(json, content, [])).toEqual([{ at: 'package.json' }]);
  },
);

it('PRE-03: a client that is not there, or bears no version, is not asked for one', () => {
  expect(readVersionPlaces(client, undefined, [])).toEqual([]);
  expect(readVersionPlaces(client, '{"private":true}', [])).toEqual([]);
  expect(readVersionPlaces(client, '{"version":"2.1.0"}', [])).toEqual([
    { at: 'client/package.json', version: '2.1.0' },
  ]);
  expect(readVersionPlaces(client, 'not json', [])).toEqual([{ at: 'client/package.json' }]);
});

describe('a lockfile of npm', () => {
  it('PRE-02: carries the version twice, and either may be wrong', () => {
    expect(readVersionPlaces(lock, lockOf('2.1.0', '2.0.3'), [])).toEqual([
      { at: 'package-lock.json', version: '2.1.0' },
      { at: 'package-lock.json (its root package)', version: '2.0.3' },
    ]);
    expect(readVersionPlaces(lock, '{"version":"2.1.0","dependencies":{}}', [])).toEqual([
      { at: 'package-lock.json', version: '2.1.0' },
    ]);
  });

  it('PRE-02: need not be there, but must be readable and say its version when it is', () => {
    expect(readVersionPlaces(lock, undefined, [])).toEqual([]);
    for (const content of ['<<<<<<< HEAD', '{"packages":{}}'])
      expect(readVersionPlaces(lock, content, [])).toEqual([{ at: 'package-lock.json' }]);
  });

  it('PRE-03: names the client where that is a workspace of it', () => {
    const content = lockOf('2.1.0', '2.1.0', {
      client: { version: '2.0.3' },
      'node_modules/pg': { version: '8.1.0' },
    });
    expect(readVersionPlaces(lock, content, ['client'])).toContainEqual({
      at: 'package-lock.json (client)',
      version: '2.0.3',
    });
    expect(readVersionPlaces(lock, content, [])).toHaveLength(2);
  });
});

describe('a file of the environment', () => {
  it('PRE-04: carries the version where its match stands, at every such place', () => {
    const content = 'OLD_APP_VERSION=1.0.0\nAPP_VERSION=v2.1.0-rc.1\n  APP_VERSION=2.0.3 # old\n';
    expect(readVersionPlaces(text('APP_VERSION={version}'), content, [])).toEqual([
      { at: 'a.env', version: '2.1.0-rc.1' },
      { at: 'a.env', version: '2.0.3' },
    ]);
  });

  it.each([
    'APP_VERSION=$VERSION',
    'APP_VERSION=2.1',
    'APP_VERSION=2.1.0.4',
    'XAPP_VERSION=2.1.0',
    '',
    undefined,
  ])('PRE-04, E-29: has no version where the match finds none: %s', (content) => {
    expect(readVersionPlaces(text('APP_VERSION={version}'), content, [])).toEqual([{ at: 'a.env' }]);
  });

  it('E-29: takes the match for a text, not for a pattern', () => {
    expect(readVersionPlaces(text('v(.*)+ {version}!'), 'v(.*)+ 2.1.0!', [])).toEqual([
      { at: 'a.env', version: '2.1.0' },
    ]);
  });
});
