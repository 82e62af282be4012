import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCache } from '../../../src/services/git/open-cache.ts';
import { makeShell } from '../../../src/services/shell/real.ts';

it('a folder that takes nothing is an error that says so, and no bug of ours', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-cache-'));
  // A file in its way refuses the superuser as well, who may write anywhere.
  writeFileSync(join(folder, '.release'), '');
  const cache = join(folder, '.release', 'git');
  await expect(openCache(makeShell(), cache)).rejects.toMatchObject({
    code: 'E_GIT',
    message: expect.stringContaining(`could not be made in ${join(folder, '.release')}: `),
    text: { next: expect.stringContaining('Let this account write there'), state: 'untouched' },
  });
  rmSync(folder, { recursive: true });
});
