import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editTree } from '../../../src/services/git/edit-tree.ts';
import { type OpenedGit, openGit } from '../../../src/services/git/open-git.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeTempOrigin, type TempOrigin } from '../../support/temp-origin.ts';

let place: TempOrigin;
let opened: OpenedGit;
let tree: string;

// Names that sort one way as files and another as folders, one that is not UTF-8, a program, a link.
const FILES = `mkdir -p a apps/web/src "deep/ä ö"
echo 1 > a/x; echo 2 > a.b; echo 3 > a-b; echo 4 > apps/web/package.json; echo 5 > "deep/ä ö/f"
echo 6 > "$(printf 'odd-\\351')"; echo 7 > run.sh; chmod +x run.sh; ln -s run.sh link
git add -A; git commit --quiet -m files; git push --quiet origin HEAD`;

beforeAll(async () => {
  place = makeTempOrigin();
  place.script(FILES);
  const identity = { name: 'release', email: 'release@example.com' };
  const cacheFolder = join(place.folder, 'cache');
  opened = await openGit({
    ...{ shell: makeShell(), remote: 'origin', cacheFolder, checkoutFolder: place.work, identity },
  });
  await opened.run(['fetch', '--quiet', place.origin, 'main']);
  tree = place.git('rev-parse', 'main^{tree}');
});
afterAll(() => place.remove());

/** The same by git itself: the paths with the text `new`, in an index of its own. */
const byGit = (paths: readonly string[]): string =>
  place.script(
    `export GIT_INDEX_FILE=other; rm -f other; git read-tree "$1"; shift
for path; do
  mode=$(git ls-files -s -- ":(literal)$path" | cut -c1-6)
  id=$(printf new | git hash-object -w --stdin)
  printf '%s %s\\t%s\\0' "\${mode:-100644}" "$id" "$path" | git update-index -z --index-info
done
git write-tree`,
    tree,
    ...paths,
  );

const edit = (paths: readonly string[]): Promise<string> => {
  const blob = opened.write('blob', 'new');
  return editTree(
    opened.objects,
    opened.write,
    tree,
    paths.map((path) => ({ path, blob })),
  );
};

describe('a tree with other files in it', () => {
  it.each([
    [['package.json']],
    [['run.sh', 'apps/web/package.json', 'CHANGELOG.md']],
    [['deep/ä ö/f', 'deep/ä ö/g', 'deep/new/er/h', 'deep/new/i']],
    [['a/x', 'a0', 'z']],
    [['a.b/under', 'a-b/under']],
  ])('is the one that git makes of %j', async (paths) => {
    expect(await edit(paths)).toBe(byGit(paths));
  });

  it('is the same tree when the texts are', async () => {
    const blob = place.git('rev-parse', 'main:a/x');
    expect(await editTree(opened.objects, opened.write, tree, [{ path: 'a/x', blob }])).toBe(tree);
  });

  it.each([
    ['link', 'link is a link'],
    ['apps/web', 'apps/web is a folder'],
  ])('is refused where no file stands: %s', async (path, what) => {
    const text = { what: expect.stringContaining(what) };
    await expect(edit([path])).rejects.toMatchObject({ code: 'E_FILE_SHAPE', text });
  });

  it('is not made of what the cache lacks', async () => {
    const blob = opened.write('blob', 'new');
    const asked = editTree(opened.objects, opened.write, '1'.repeat(40), [{ path: 'x', blob }]);
    await expect(asked).rejects.toMatchObject({ code: 'E_GIT' });
  });
});
