import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { refuseUnreachable } from '../../../src/ledger/git/git-refusals.ts';

const remote = { says: 'git@host:shop', cache: '/here/.release/git' } as Parameters<
  typeof refuseUnreachable
>[0];
const say = (what: string) =>
  refuseUnreachable(remote, new ReleaseError('E_GIT', { what, next: '', state: 'untouched' })).text;

describe('a ledger in git that could not be read', () => {
  it.each([
    "Asking the remote failed: cannot update ref 'refs/x': couldn't write '/here/.release/git/refs/x.lock'.",
    'Asking the remote failed: fatal: write error: No space left on device.',
    'Asking the remote failed: unable to create temporary file: Read-only file system.',
  ])('F17: because this disk takes nothing, is not looked for in the network: %s', (what) => {
    expect(say(what)).toMatchObject({
      what: 'The copy of the ledger on this machine could not be written.',
      next: expect.stringMatching(/Make room on this disk.*another clone/),
    });
  });

  it.each([
    'Asking the remote failed: Could not resolve host: host.',
    'Asking the remote failed: remote: fatal: No space left on device.',
  ])('because the remote is silent, or its disk full, is: %s', (what) => {
    expect(say(what)).toMatchObject({
      what: 'The ledger on git@host:shop could not be reached.',
      next: expect.stringContaining('Look at the network'),
    });
  });
});
