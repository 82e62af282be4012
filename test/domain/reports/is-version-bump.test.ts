import { describe, expect, it } from 'vitest';
import { isVersionBump } from '../../../src/domain/reports/is-version-bump.ts';

const manifest = (version: string, more: object = {}): string =>
  JSON.stringify({ name: 'rur2', version, dependencies: { pg: '8.13.1' }, ...more });
const lock = (version: string, pg: string): string =>
  JSON.stringify({ version, packages: { '': { version }, 'node_modules/pg': { version: pg } } });
const workspace = (version: string): string => JSON.stringify({ version, packages: { client: { version } } });

describe('a version file', () => {
  it.each([
    ['its version', manifest('2.1.0-rc.1'), manifest('2.1.0'), true],
    ['its layout', manifest('2.1.0'), JSON.stringify(JSON.parse(manifest('2.1.0')), null, 4), true],
    ['the version of a lockfile', lock('2.1.0-rc.1', '8.13.1'), lock('2.1.0', '8.13.1'), true],
    ['a text of which no part is known to be a version', 'version = 1', 'version = 2', false],
    ['a workspace of a lockfile', workspace('2.1.0-rc.1'), workspace('2.1.0'), true],
    ['a dependency', manifest('2.1.0'), manifest('2.1.0', { dependencies: { pg: '8.14.0' } }), false],
    ['a script', manifest('2.1.0'), manifest('2.1.0', { scripts: { start: 'node evil.js' } }), false],
    ['a locked package', lock('2.1.0', '8.13.1'), lock('2.1.0', '8.14.0'), false],
    ['a hidden name', manifest('2.1.0'), '{"__proto__":1,"name":"rur2"}', false],
    ['being cut', manifest('2.1.0'), manifest('2.1.0').slice(0, 20), false],
    ['being new', undefined, manifest('2.1.0'), false],
    ['being gone', manifest('2.1.0'), undefined, false],
  ])('E-39: that differs in %s', (_, before, after, isBump) => {
    expect(isVersionBump(before, after)).toBe(isBump);
  });

  it.each([
    ['its version', 'A=1\nAPP_VERSION=2.1.0-rc.1\n', 'A=1\nAPP_VERSION=v2.1.0\n', true],
    ['another line too', 'A=1\nAPP_VERSION=2.1.0\n', 'A=2\nAPP_VERSION=2.1.0\n', false],
    ['a number beside it', 'APP_VERSION=2.1.0\nNODE=20.1.0', 'APP_VERSION=2.1.0\nNODE=20.2.0', false],
  ])('E-39, PRE-04: with a match, that differs in %s', (_, before, after, isBump) => {
    expect(isVersionBump(before, after, ['APP_VERSION={version}'])).toBe(isBump);
  });
});
