import type { PrepareWorld } from './prepare-world.ts';

/** What v2.1.0 brought and a rollback took back: main is at the files of v2.0.3 again. */
export function releaseAndRestore(world: PrepareWorld): { feature: string; restore: string } {
  const { git } = world;
  const feature = world.push('export.txt', 'export', 'feat: export');
  git('checkout', '--quiet', '-b', 'release/v2.1.0');
  world.push('package.json', '{\n  "name": "shop",\n  "version": "2.1.0"\n}\n', 'Prepare v2.1.0');
  git('checkout', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '-m', "Merge branch 'release/v2.1.0' for v2.1.0", 'release/v2.1.0');
  git('tag', '-a', 'v2.1.0', '-m', 'Release v2.1.0');
  const restore = git(
    'commit-tree',
    'v2.0.3^{tree}',
    '-p',
    'main',
    '-m',
    'Restore v2.0.3\n\nRestored-Version: v2.0.3',
  );
  git('reset', '--quiet', '--hard', restore);
  git('push', '--quiet', 'origin', 'main', 'v2.1.0');
  git('checkout', '--quiet', 'develop');
  return { feature, restore };
}
