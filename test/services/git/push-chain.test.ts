import { describe, expect, it } from 'vitest';
import { sortPush } from '../../../src/services/git/push-chain.ts';

const ended = (out: string, err = '', code = 1, timedOut = false) =>
  sortPush({ code, out, err, timedOut, tookMs: 1 });
const line = (said: string): string => `To /origin.git\n!\tabc:refs/release/shop/production\t${said}\nDone\n`;

describe('what became of a push', () => {
  it('is taken when git says so', () => {
    expect(ended('', '', 0)).toEqual({ end: 'taken' });
  });

  it('is moved when git itself saw that the lease does not hold', () => {
    expect(ended(line('[rejected] (stale info)'))).toEqual({ end: 'moved' });
    expect(ended(line('[rejected] (fetch first)'))).toEqual({ end: 'moved' });
  });

  it.each([
    'failed',
    'failed to update ref',
    'internal server error',
    "cannot lock ref 'refs/release/shop/production': is at 1 but expected 2",
  ])('F49: is unclear when the remote rejects it with "%s"', (why) => {
    expect(ended(line(`[remote rejected] (${why})`))).toEqual({ end: 'unclear', why });
  });

  it.each(['pre-receive hook declined', 'deny updating a hidden ref', 'protected branch hook declined'])(
    'is refused when the remote rejects it with "%s"',
    (why) => {
      expect(ended(line(`[remote rejected] (${why})`))).toEqual({ end: 'refused', why });
    },
  );

  it('F48: is unclear when it did not end in time or the line broke, whatever was printed until then', () => {
    expect(ended(line('[rejected] (stale info)'), '', 124, true).end).toBe('unclear');
    expect(ended('', 'fatal: the remote end hung up unexpectedly', 128).end).toBe('unclear');
  });

  it('is refused when nobody is let in', () => {
    expect(ended('', "fatal: Authentication failed for 'https://git.example.com/'", 128).end).toBe('refused');
    expect(ended('', 'git@git.example.com: Permission denied (publickey).', 128).end).toBe('refused');
  });

  it('is told in words that a sentence can go on with', () => {
    const away = 'fatal: Could not read from remote repository.\n\nPlease make sure the repository exists.\n';
    expect(ended('', away, 128)).toEqual({
      end: 'unclear',
      why: 'fatal: Could not read from remote repository. Please make sure the repository exists',
    });
  });
});
