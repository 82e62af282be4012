import type { PrepareWorld } from './prepare-world.ts';

const RELEASE_AND_RESTORE = `
printf export > export.txt
git add export.txt
git commit --quiet -m 'feat: export'
git rev-parse HEAD
git checkout --quiet -b release/v2.1.0
printf '{\\n  "name": "shop",\\n  "version": "2.1.0"\\n}\\n' > package.json
git commit --quiet -m 'Prepare v2.1.0' package.json
git checkout --quiet main
git merge --quiet --no-ff -m "Merge branch 'release/v2.1.0' for v2.1.0" release/v2.1.0
git tag -a v2.1.0 -m 'Release v2.1.0'
git reset --quiet --hard "$(git commit-tree 'v2.0.3^{tree}' -p main -m 'Restore v2.0.3' -m 'Restored-Version: v2.0.3')"
git rev-parse HEAD
git checkout --quiet develop
git push --quiet origin develop release/v2.1.0 main v2.1.0`;

/** What v2.1.0 brought and a rollback took back: main is at the files of v2.0.3 again. */
export function releaseAndRestore(world: PrepareWorld): { feature: string; restore: string } {
  const [feature = '', restore = ''] = world.script(RELEASE_AND_RESTORE).split('\n');
  return { feature, restore };
}
