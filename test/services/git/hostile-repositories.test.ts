import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkRef, headRef } from '../../../src/services/git/names.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { identity, seedPlace, shell } from './git-place.ts';

const { at, release } = seedPlace();

describe('T09, T10, T11: hostile names and repositories', () => {
  it.each([
    '-d',
    '--upload-pack=touch pwned',
    'a..b',
    'a b',
    'a;id',
    'a\nb',
    '',
    'x.lock',
    '../x',
    'refs//x',
    '$(id)',
    '`id`',
  ])('T09: %j is no branch', (name) => {
    expect(() => headRef(name)).toThrow(TypeError);
    expect(() => checkRef(`refs/heads/${name}`)).toThrow(TypeError);
  });

  it('T11: runs no hook and no configured program of the checkout', async () => {
    const marker = join(at.place.folder, 'pwned');
    mkdirSync(join(at.place.work, '.git/hooks'), { recursive: true });
    writeFileSync(join(at.place.work, '.git/hooks/pre-push'), `#!/bin/sh\ntouch ${marker}\n`, {
      mode: 0o755,
    });
    at.place.git('config', 'core.sshCommand', `touch ${marker}; ssh`);
    at.place.git('config', 'credential.helper', `!touch ${marker}`);
    await release();
    expect(existsSync(marker)).toBe(false);
  });

  it('T10: does not follow a remote that would run a program', async () => {
    const marker = join(at.place.folder, 'pwned');
    const remote = `ext::sh -c "touch ${marker}"`;
    const hostile = makeGit({
      shell,
      remote,
      cacheFolder: join(at.place.folder, 'c2'),
      checkoutFolder: at.place.work,
      identity,
    });
    await expect(hostile.sync()).rejects.toMatchObject({ code: 'E_GIT' });
    expect(existsSync(marker)).toBe(false);
  });

  it('T12: keeps a hostile commit subject as text', async () => {
    at.place.git('commit', '--quiet', '--allow-empty', '-m', '$(touch pwned) `id` <!channel>');
    at.place.git('push', '--quiet', 'origin', 'release/v2.1.0');
    await at.git.sync();
    const tip = (await at.git.branchTip('release/v2.1.0')) ?? '';
    expect((await at.git.commitsBetween(at.branch, tip))[0]?.subject).toBe('$(touch pwned) `id` <!channel>');
  });
});
