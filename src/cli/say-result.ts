import { wrapCommand } from '../report/wrap-command.ts';
import type { CommandResult } from './command.ts';

const NEXT = '  Next     ';
const NO_SCREEN = 80;

const besideNext = (line: string, i: number): string => `${i === 0 ? NEXT : ' '.repeat(NEXT.length)}${line}`;

/** Below their head and at the edge, where what a screen shows can be copied as one command. */
const belowNext = (next: readonly string[], width: number | undefined): readonly string[] => [
  NEXT.trimEnd(),
  ...next.flatMap((line) => (width === undefined ? [line] : wrapCommand(line, width))),
];

/**
 * What a command says, and the lines that go on from there. `width`: columns of the screen, undefined where nobody
 * breaks lines.
 */
export function sayResult(
  { text, next = [] }: Partial<Pick<CommandResult, 'text' | 'next'>>,
  width: number | undefined,
): string {
  const isWide = next.some((line) => line.length > (width ?? NO_SCREEN) - NEXT.length);
  const ways = isWide ? belowNext(next, width) : next.map(besideNext);
  return [text ?? '', ...(ways.length > 0 && text ? ['', ...ways] : [])]
    .filter((part, i) => i > 0 || part)
    .join('\n');
}
