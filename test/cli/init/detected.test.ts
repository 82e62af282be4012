import { describe, expect, it } from 'vitest';
import { readDrizzle, readPackage, readRepository } from '../../../src/cli/init/detected.ts';

describe('what a folder tells', () => {
  it('takes name and version of a package, without its scope', () => {
    expect(readPackage('{"name":"@acme/My-Shop","version":"1.2.3-rc.1","dependencies":{"pg":"^8"}}')).toEqual(
      {
        name: 'my-shop',
        version: '1.2.3',
        uses: ['pg'],
        notes: [],
      },
    );
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"name":"../../etc","version":7}', '{"name":{"a":1}}'])(
    'makes nothing up from %j',
    (text) => {
      const { name, version } = readPackage(text);
      expect([name, version]).toEqual([undefined, undefined]);
    },
  );

  it('reads folder and dialect of a Drizzle configuration as text', () => {
    expect(
      readDrizzle('export default defineConfig({\n  out: "./db/drizzle/",\n  dialect: `postgresql`,\n});'),
    ).toEqual({
      folder: 'db/drizzle',
      isPostgres: true,
    });
    expect(
      readDrizzle("// out: 'old'\n/* out: 'older' */ export default { 'out': 'new', dialect: 'mysql' }"),
    ).toEqual({
      folder: 'new',
      isPostgres: false,
    });
  });

  it.each(["out: '../outside'", "out: '/etc'", 'out: process.env.OUT', ''])(
    'stays inside with %j',
    (text) => {
      expect(readDrizzle(text).folder).toBe('drizzle');
    },
  );

  it.each([
    ['https://user:ghp_secret@github.com/acme/shop.git', 'acme/shop'],
    ['git@github.com:acme/shop.git', 'acme/shop'],
    ['ssh://git@github.com/acme/shop', 'acme/shop'],
    ['https://gitlab.com/acme/shop.git', undefined],
    ['/srv/git/shop.git', undefined],
  ])('takes owner and name of %s, and no key', (address, repository) => {
    expect(readRepository(address)).toBe(repository);
  });
});
