import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonTexts } from '../../../src/domain/version-files/find-json-texts.ts';
import { listVersionFiles } from '../../../src/domain/version-files/list-version-files.ts';
import { setVersion } from '../../../src/domain/version-files/set-version.ts';

type Texts = Readonly<Record<string, string>>;
type Configured = Parameters<typeof listVersionFiles>[0];

const bump = (texts: Texts, configured: Configured = ['package.json'], to = '2.2.0') =>
  setVersion(listVersionFiles(configured), new Map(Object.entries(texts)), to);
const textOf = (made: ReturnType<typeof bump>, path: string) =>
  made.files.find((file) => file.path === path)?.text;

describe('version in the files', () => {
  it('PRE-02: changes the number and nothing around it', () => {
    const text =
      '\ufeff{\r\n\t"name" : "shop",\r\n\t"version":"2.0.3" , "x": {"version": "2.0.2"}\r\n}\r\n\r\n';
    const made = bump({ 'package.json': text });
    expect(textOf(made, 'package.json')).toBe(text.replace('2.0.3', '2.2.0'));
  });

  it('PRE-02, PRE-03: the lockfile, the client and its place in the lockfile come along', () => {
    const made = bump({
      'package.json': '{"version":"2.0.3","workspaces":["client"]}',
      'client/package.json': '{"name":"client","version":"2.0.3"}',
      'package-lock.json':
        '{"version":"2.0.3","packages":{"":{"version":"2.0.3"},"client":{"version":"2.0.3"},"node_modules/other":{"version":"2.0.3"}}}',
    });
    expect(made.problems).toEqual([]);
    expect(textOf(made, 'package-lock.json')).toBe(
      '{"version":"2.2.0","packages":{"":{"version":"2.2.0"},"client":{"version":"2.2.0"},"node_modules/other":{"version":"2.0.3"}}}',
    );
    expect(textOf(made, 'client/package.json')).toBe('{"name":"client","version":"2.2.0"}');
  });

  it('PRE-04: sets a text by its match, with or without its v', () => {
    const made = bump(
      { 'package.json': '{"version":"2.0.3"}', '.env': 'APP_VERSION=v2.0.3\nOTHER=12.0.3\n' },
      ['package.json', { path: '.env', match: 'APP_VERSION={version}' }],
    );
    expect({ text: textOf(made, '.env'), problems: made.problems }).toEqual({
      text: 'APP_VERSION=v2.2.0\nOTHER=12.0.3\n',
      problems: [],
    });
  });

  it('E-29: a configured file that is missing, or has no match, is a problem', () => {
    const files: Configured = ['package.json', { path: '.env', match: 'APP_VERSION={version}' }, 'app.json'];
    expect(bump({ 'package.json': '{"version":"2.0.3"}', '.env': 'X=1\n' }, files).problems).toEqual([
      '.env has no version where one is configured',
      'app.json has no version where one is configured',
    ]);
  });

  it('PRE-04: the old number left in another place of a configured file is a problem, with its line', () => {
    const made = bump(
      { 'package.json': '{"version":"2.0.3"}', '.env': 'APP_VERSION=2.0.3\n\nSENTRY_RELEASE=shop@2.0.3\n' },
      ['package.json', { path: '.env', match: 'APP_VERSION={version}' }],
    );
    expect(made.problems).toEqual(['.env still says 2.0.3 in line 3']);
  });

  it("PRE-03: the number of somebody else's package may be the same; that of an own package may not", () => {
    const made = bump({
      'package.json':
        '{"name":"shop","version":"2.0.3","dependencies":{"left-pad":"2.0.3","shop-client":"^2.0.3"}}',
      'client/package.json': '{"name":"shop-client","version":"2.0.3"}',
    });
    expect(made.problems).toEqual(['package.json still says 2.0.3 at dependencies.shop-client']);
  });

  it('a file that is no JSON is a problem, not half a change', () => {
    expect(bump({ 'package.json': '{"version":"2.0.3",}' }).problems).toContain(
      'package.json has no version where one is configured',
    );
  });

  it('a version that is there already changes nothing', () => {
    expect(bump({ 'package.json': '{"version":"2.2.0"}' }).files).toEqual([
      { path: 'package.json', from: ['2.2.0'], text: '{"version":"2.2.0"}', isChanged: false },
    ]);
  });

  it('finds every text of any JSON where JSON.parse finds it', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        for (const { value, start, end } of findJsonTexts(text))
          expect(JSON.parse(`"${text.slice(start, end)}"`)).toBe(value);
        const count = (value: unknown): number =>
          typeof value === 'string'
            ? 1
            : typeof value === 'object' && value !== null
              ? Object.values(value).reduce((sum: number, one) => sum + count(one), 0)
              : 0;
        expect(findJsonTexts(text)).toHaveLength(count(JSON.parse(text)));
      }),
    );
  });
});
