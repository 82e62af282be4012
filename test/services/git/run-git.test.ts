import { describe, expect, it } from 'vitest';
import { makeRunGit } from '../../../src/services/git/run-git.ts';
import type { ShellAnswer, ShellPort } from '../../../src/services/shell/port.ts';
import { makeShell } from '../../../src/services/shell/real.ts';

const good: ShellAnswer = { code: 0, out: 'here', err: '', tookMs: 1, timedOut: false };
const cut: ShellAnswer = { ...good, code: 1, out: '', byCtrlC: true };

function makeGit(answers: ShellAnswer[]) {
  const asked: (readonly string[])[] = [];
  const program: ShellPort['program'] = async (_, args) => {
    asked.push(args);
    return answers.shift() ?? good;
  };
  const shell = { program } as unknown as ShellPort;
  const run = makeRunGit({
    shell,
    cacheFolder: '/c',
    remote: { url: '/o', settings: [], secrets: [] },
    access: [],
  });
  return { run, asked };
}

describe('a git process that Ctrl-C met before it led its own group', () => {
  it('F20: is asked again, so that the step that was promised to end does end', async () => {
    const { run, asked } = makeGit([cut]);
    expect(await run(['cat-file', '--batch'])).toMatchObject({ code: 0, out: 'here' });
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('is asked again once, not for as long as somebody leans on the keys', async () => {
    const { run, asked } = makeGit([cut, cut]);
    expect(await run(['cat-file', '--batch'])).toMatchObject({ code: 1 });
    expect(asked).toHaveLength(2);
  });

  it('is never a second push: the first may have landed', async () => {
    const { run, asked } = makeGit([cut]);
    expect(await run(['push', 'origin'])).toMatchObject({ code: 1 });
    expect(asked).toHaveLength(1);
  });

  it('is told apart from one that failed by itself', async () => {
    const order = { timeoutMs: 20_000 };
    const self = 'process.kill(process.pid, "SIGINT"); setTimeout(() => {}, 20000)';
    expect(await makeShell().program(process.execPath, ['-e', self], order)).toMatchObject({ byCtrlC: true });
    const failed = await makeShell().program(process.execPath, ['-e', 'process.exit(130)'], order);
    expect(failed).toMatchObject({ code: 130 });
    expect(failed).not.toHaveProperty('byCtrlC');
  });
});
