import { describe, expect, it } from 'vitest';
import { readTerminal, type StreamFacts } from '../../src/cli/terminal-facts.ts';

const TTY: StreamFacts = { isTTY: true, columns: 80, rows: 24 };
const PIPE: StreamFacts = {};
const flags = { color: true, ascii: false, input: true };

const read = (
  env: Record<string, string> = {},
  streams: Partial<Record<'stdin' | 'stdout' | 'stderr', StreamFacts>> = {},
  more: Partial<typeof flags> = {},
) => readTerminal({ stdin: TTY, stdout: TTY, stderr: TTY, ...streams }, env, { ...flags, ...more });

describe('F25: what the program finds around itself', () => {
  it('is asked and shown live at a terminal', () => {
    expect(read({ TERM: 'xterm' })).toMatchObject({
      canAsk: true,
      isLive: true,
      ascii: false,
      columns: 80,
      rows: 24,
      color: { stdout: true, stderr: true },
    });
  });

  it.each([
    ['in CI', { CI: 'true' }, {}],
    ['where stderr is a pipe', {}, { stderr: PIPE }],
  ] as const)('is a plain log that asks nothing %s', (_, env, streams) => {
    expect(read(env, streams)).toMatchObject({ canAsk: false, isLive: false });
  });

  it('asks nothing of a pipe on stdin, nor after --no-input, and still shows the live view', () => {
    expect(read({}, { stdin: PIPE })).toMatchObject({ canAsk: false, isLive: true });
    expect(read({}, {}, { input: false })).toMatchObject({ canAsk: false, isLive: true });
  });

  it('is plain lines in a terminal that cannot move its cursor', () => {
    expect(read({ TERM: 'dumb' })).toMatchObject({ isLive: false, color: { stdout: false, stderr: false } });
  });

  it('has no colour with NO_COLOR, nor in the stream that is piped', () => {
    expect(read({ NO_COLOR: '1' }).color).toEqual({ stdout: false, stderr: false });
    expect(read({}, { stdout: PIPE }).color).toEqual({ stdout: false, stderr: true });
  });

  it('breaks lines where a screen shows them, and never in a pipe or a log of CI', () => {
    expect(read({}, { stdout: { ...TTY, columns: 40 }, stderr: PIPE }).screen).toEqual({
      stdout: 40,
      stderr: undefined,
    });
    expect(read({ CI: '1' }).screen).toEqual({ stdout: undefined, stderr: undefined });
    expect(read({ TERM: 'dumb' }).screen).toEqual({ stdout: 80, stderr: 80 });
  });

  it('is 80×24 where nobody knows how large', () => {
    const unsized = { stdout: PIPE, stderr: { isTTY: true } };
    expect(read({}, unsized)).toMatchObject({ columns: 80, rows: 24 });
  });

  it.each([{ TERM: 'linux' }, { LC_ALL: 'C' }, { LC_ALL: 'POSIX' }])(
    'is plain characters under %j',
    (env) => {
      expect(read(env).ascii).toBe(true);
    },
  );
});
