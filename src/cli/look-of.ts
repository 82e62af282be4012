import { makePaint } from '../report/color.ts';
import type { Look } from '../report/look.ts';
import type { CliContext } from './context.ts';

const NO_SCREEN = 80;
/** What is laid out for less is broken at the edge of the screen (report/fit-screen.ts). */
const NARROWEST = 40;
/** Lines that are longer lose the eye on its way back. */
const WIDEST = 120;

/** What words look like on one stream: laid out for its screen, and for 80 columns where there is none. */
export function lookOf(
  { terminal }: Pick<CliContext, 'terminal'>,
  stream: 'stdout' | 'stderr' = 'stdout',
): Look {
  const columns = terminal.screen[stream] ?? NO_SCREEN;
  return {
    paint: makePaint(terminal.color[stream]),
    ascii: terminal.ascii,
    columns: Math.min(WIDEST, Math.max(NARROWEST, columns)),
  };
}
