import { describe, expect, it } from 'vitest';
import { pushRefs } from '../../../src/services/git/push-refs.ts';
import type { ShellAnswer } from '../../../src/services/shell/port.ts';

const moves = [{ ref: 'refs/heads/main', from: 'a'.repeat(40), to: 'b'.repeat(40) }];

const push = (out: string, err = ''): Promise<unknown> => {
  const answer = { code: 1, timedOut: false, out, err } as ShellAnswer;
  const forward = { code: 0, timedOut: false, out: '', err: '' } as ShellAnswer;
  const run = async ([word]: readonly string[]) => (word === 'push' ? answer : forward);
  const objects = { read: async () => undefined };
  const git = { run, objects, url: '/origin.git' } as unknown as Parameters<typeof pushRefs>[0];
  return pushRefs(git, moves).catch((error) => error);
};

describe('a push that is refused', () => {
  it('by a protected branch or a hook says by which rule, and not that somebody pushed', async () => {
    const out = '!\t\tbbbb:refs/heads/main\t[remote rejected] (pre-receive hook declined)\n';
    const err =
      'remote: GH006: Protected branch update failed.        \nremote: Use a pull request.        \n';
    expect(await push(out, err)).toMatchObject({
      code: 'E_PUSH_REFUSED',
      text: {
        what: 'The remote does not let this account push refs/heads/main.',
        why: expect.stringContaining('It says: GH006: Protected branch update failed. Use a pull request.'),
        next: expect.stringContaining('then resume'),
        state: 'untouched',
      },
    });
  });

  it('by git alone names its reason', async () => {
    const error = await push(
      '!\t\tbbbb:refs/heads/main\t[remote rejected] (protected branch hook declined)\n',
    );
    expect(error).toMatchObject({ text: { why: expect.stringContaining('protected branch hook declined') } });
  });

  it('T42: by somebody who was faster says to look at what came', async () => {
    expect(await push('!\t\tbbbb:refs/heads/main\t[rejected] (stale info)\n')).toMatchObject({
      text: { why: expect.stringContaining('stale info'), next: expect.stringContaining('pushed since') },
    });
  });
});
