import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitTree } from '../../../src/services/git/make-objects.ts';
import { type OpenedGit, openGit } from '../../../src/services/git/open-git.ts';
import { makeObjectWriter } from '../../../src/services/git/write-object.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

let place: TempOrigin;
let cache: string;
let opened: OpenedGit;
let main: string;

beforeAll(async () => {
  place = makeTempOrigin();
  main = place.git('rev-parse', 'main');
  cache = join(place.folder, 'cache');
  const identity = { name: 'release', email: 'release@example.com' };
  opened = await openGit({
    ...{ shell: makeShell(), remote: 'origin', cacheFolder: cache, checkoutFolder: place.work, identity },
  });
  await opened.run(['fetch', '--quiet', place.origin, 'main']);
});
afterAll(() => place.remove());

const inCache = (lines: string, ...args: string[]): string => place.script(`cd ../cache; ${lines}`, ...args);

describe('an object that is written without git', () => {
  it.each([
    ['blob', 'text with ümläuts\n'],
    ['blob', ''],
    ['tree', ''],
  ] as const)('has the id that git gives it: a %s', (kind, body) => {
    const id = opened.write(kind, body);
    expect(inCache('printf %s "$2" | git hash-object -t "$1" --stdin', kind, body)).toBe(id);
    expect(inCache('git cat-file -t "$1"', id)).toBe(kind);
  });

  it('is sound to git, and leaves nothing beside it; the same one again is no second file', () => {
    const id = opened.write('blob', 'twice');
    expect(opened.write('blob', 'twice')).toBe(id);
    expect(readdirSync(join(cache, 'objects', id.slice(0, 2)))).toEqual([id.slice(2)]);
    inCache('git fsck --strict --no-dangling');
  });

  it('has the longer id where the repository has those', () => {
    place.script('git init --quiet --bare --object-format=sha256 ../longer');
    const id = makeObjectWriter(join(place.folder, 'longer'))('blob', 'x');
    expect(id).toHaveLength(64);
    expect(place.script('git -C ../longer cat-file blob "$1"', id)).toBe('x');
  });

  it('is an error of git when the disk does not take it', () => {
    const write = makeObjectWriter(join(place.folder, 'nowhere'));
    expect(() => write('blob', 'x')).toThrow(expect.objectContaining({ code: 'E_GIT' }));
  });
});

describe('a commit that is made without git', () => {
  const at = '2026-11-24T15:00:00.000Z';

  it.each([
    ['Shop Release', 'release@example.com'],
    ['Shop Inc.', ' <release@example.com> '],
    ['"Shop", \\Jo O\'Neil; ', 'a@b'],
  ])('has the id that older versions had it made with, by %s', async (name, email) => {
    const tree = inCache('git rev-parse "$1^{tree}"', main);
    const made = await commitTree(
      opened,
      { tree, parents: [main, main], message: 'Prepare\n\nA: b\n', at },
      { name, email },
    );
    const plain = (text: string): string => text.replace(/[\n\r<>]/g, ' ');
    const byGit = `export GIT_AUTHOR_NAME="$2" GIT_AUTHOR_EMAIL="$3" GIT_AUTHOR_DATE="$4" GIT_COMMITTER_NAME="$2" \
GIT_COMMITTER_EMAIL="$3" GIT_COMMITTER_DATE="$4"
printf 'Prepare\\n\\nA: b\\n' | git commit-tree "$5" -p "$1" -p "$1" -F - 2>/dev/null`;
    expect(inCache(byGit, main, plain(name), plain(email), `${Date.parse(at) / 1000} +0000`, tree)).toBe(
      made,
    );
  });

  it('is refused when its parent is not there, as by git', async () => {
    const tree = opened.write('tree', '');
    const order = { tree, parents: ['1'.repeat(40)], message: 'x', at };
    await expect(commitTree(opened, order, { name: 'a', email: 'b' })).rejects.toMatchObject({
      code: 'E_GIT',
    });
  });
});
