import { DefaultRenderer, Listr, ListrLogger, ProcessOutput, Spinner } from 'listr2';
import type { Clock } from '../domain/clock.ts';
import type { Paint } from './color.ts';
import { toAscii } from './glyphs.ts';
import type { Renderer } from './renderer.ts';
import { type Board, emptyBoard, foldBoard } from './terminal-board.ts';
import { type Canvas, drawDetails, drawFrame, drawLeftover } from './terminal-frame.ts';

export interface TerminalOptions {
  readonly stream: NodeJS.WriteStream;
  readonly clock: Clock;
  readonly paint: Paint;
  readonly ascii: boolean;
}

/**
 * The live view, on stderr. listr2 keeps the screen (cursor, redraw, stray writes); what it shows is our own
 * frame, because its list grows quadratically and its TTY test looks at stdout alone (ux D3, benchmarks 0.2).
 */
export function makeTerminal({ stream, clock, paint, ascii }: TerminalOptions): Renderer {
  let board: Board = emptyBoard(clock.monotonic());
  let list: Promise<unknown> | undefined;
  let isOver = false;
  const spinner = new Spinner();
  const canvas = (): Canvas => ({
    columns: stream.columns ?? 80,
    rows: stream.rows ?? 24,
    ascii,
    paint,
    now: clock.monotonic(),
    spin: spinner.fetch(),
  });
  const frame = (): string => {
    const lines = isOver ? drawLeftover(board, canvas()) : drawFrame(board, canvas());
    return lines.join('\n');
  };
  const { promise: over, resolve: end } = makeDeferred();
  return {
    emit: (event) => {
      board = foldBoard(board, event, clock.monotonic());
      list ??= startList(stream, spinner, frame, over);
    },
    close: async () => {
      isOver = true;
      end();
      await list;
      const details = drawDetails(board, canvas().columns).join('\n');
      if (details !== '') stream.write(`${ascii ? toAscii(details) : details}\n`);
    },
  };
}

function makeDeferred() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** A list of one task that lasts as long as the view. Its spinner redraws ten times a second, nothing else does. */
function startList(
  stream: NodeJS.WriteStream,
  spinner: Spinner,
  frame: () => string,
  over: Promise<void>,
): Promise<unknown> {
  class Live extends DefaultRenderer {
    static override nonTTY = true;
    override create(): string {
      return frame();
    }
  }
  const logger = new ListrLogger({ processOutput: new ProcessOutput(stream, stream) });
  const list = new Listr([{ title: 'release', task: () => over }], {
    renderer: Live,
    rendererOptions: { logger, spinner },
    // listr2's own handler exits at once and leaves the running step half done (ux D2).
    registerSignalListeners: false,
  });
  return list.run();
}
