import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeConfig } from '../../../src/cli/preflight/place-config.ts';
import { hashConfig } from '../../../src/kit.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-place-'));
  mkdirSync(join(folder, 'shop/ops'), { recursive: true });
  for (const path of ['shop/ops/a.yaml', 'b.yaml']) writeFileSync(join(folder, path), 'service: shop\n');
  // As in a worktree, where it is a file.
  writeFileSync(join(folder, 'shop/.git'), 'gitdir: elsewhere\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the place of a configuration', () => {
  it('is its path inside the repository, with what it holds', () => {
    expect(placeConfig(join(folder, 'shop/ops/a.yaml'))).toEqual({
      path: 'ops/a.yaml',
      digest: hashConfig('service: shop\n'),
    });
  });

  it('is none outside of a repository', () => {
    expect(placeConfig(join(folder, 'b.yaml'))).toBeUndefined();
  });
});
