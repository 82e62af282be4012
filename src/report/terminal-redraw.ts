import { widthOf } from './display-width.ts';

const [HIDE, SHOW, REST, BELOW] = ['\u001b[?25l', '\u001b[?25h', '\u001b[K', '\u001b[J'];

/** A piece of a terminal that is drawn again and again in one place, at its end. */
export interface Redraw {
  /** Puts these lines where the last ones were. No line is as wide as the terminal. */
  draw(lines: readonly string[]): void;
  /** Takes what was drawn away, writes this instead, and gives the cursor back. What is written stays. */
  clear(said?: string): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns'>;

/** Lines that what was drawn takes now: a terminal that became narrower has broken the longer ones. */
const heightOf = (lines: readonly string[], columns: number): number =>
  lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / Math.max(1, columns))), 0);

/** Draws on a terminal's stream, in one write each: what is half drawn flickers. */
export function makeRedraw(stream: Stream): Redraw {
  let drawn: readonly string[] = [];
  const back = (): string => {
    const up = heightOf(drawn, stream.columns ?? 80);
    return up === 0 ? '\r' : `\r\u001b[${up}A`;
  };
  return {
    draw: (lines) => {
      const text = lines.map((line) => `${line}${REST}\n`).join('');
      stream.write(`${HIDE}${back()}${text}${BELOW}`);
      drawn = lines;
    },
    clear: (said = '') => {
      stream.write(`${back()}${BELOW}${said}${SHOW}`);
      drawn = [];
    },
  };
}
