import { describe, expect, it } from 'vitest';
import { makeRedraw } from '../../src/report/terminal-redraw.ts';

function start(columns = 80) {
  const written: string[] = [];
  const stream = {
    columns,
    write: (text: string): boolean => {
      written.push(text);
      return true;
    },
  };
  return { stream, redraw: makeRedraw(stream as never), last: () => written.at(-1) ?? '' };
}

describe('a piece of a terminal that is drawn again', () => {
  it('puts lines where the last ones were, in one write, with the cursor hidden', () => {
    const { redraw, last } = start();
    redraw.draw(['one', 'two']);
    expect(last()).toBe('\u001b[?25l\rone\u001b[K\ntwo\u001b[K\n\u001b[J');
    redraw.draw(['three']);
    expect(last()).toBe('\u001b[?25l\r\u001b[2Athree\u001b[K\n\u001b[J');
  });

  it('F25: goes back over the lines that a narrower terminal has broken', () => {
    const { stream, redraw, last } = start();
    redraw.draw(['x'.repeat(70), 'short']);
    stream.columns = 30;
    redraw.draw(['new']);
    expect(last()).toContain('\u001b[4A');
  });

  it('gives the cursor back, and leaves what is said last', () => {
    const { redraw, last } = start();
    redraw.draw(['one']);
    redraw.clear('the end\n');
    expect(last()).toBe('\r\u001b[1A\u001b[Jthe end\n\u001b[?25h');
    redraw.clear();
    expect(last()).toBe('\r\u001b[J\u001b[?25h');
  });
});
