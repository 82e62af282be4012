import { plainOf } from '../report/display-width.ts';
import { fitScreen } from '../report/fit-screen.ts';
import { wrapCommand } from '../report/wrap-command.ts';
import type { CommandResult } from './command.ts';

const NEXT = '  Next     ';
const NO_SCREEN = 80;

/** What the ending is read on. */
export interface Sight {
  readonly columns: number;
  readonly rows: number;
}

const besideNext = (line: string, i: number): string => `${i === 0 ? NEXT : ' '.repeat(NEXT.length)}${line}`;

/** Below their head and at the edge, where what a screen shows can be copied as one command. */
const belowNext = (next: readonly string[], width: number | undefined): readonly string[] => [
  NEXT.trimEnd(),
  ...next.flatMap((line) => (width === undefined ? [line] : wrapCommand(line, width))),
];

function sayNext(next: readonly string[], width: number | undefined): readonly string[] {
  const isWide = next.some((line) => line.length > (width ?? NO_SCREEN) - NEXT.length);
  return isWide ? belowNext(next, width) : next.map(besideNext);
}

/** The verdict once more where it has gone out at the top of the screen: who looks again sees the end alone. */
function sayAgain(verdict: string, lines: readonly string[], sight: Sight): readonly string[] {
  const shown = fitScreen(lines.join('\n'), sight.columns).split('\n');
  // The prompt takes the last row.
  if (shown.length < sight.rows) return [];
  const word = verdict.toUpperCase();
  const inSight = plainOf(shown.slice(1 - sight.rows).join('\n'));
  const isInSight = new RegExp(`(?<![-\\w])${word}(?![-\\w])`).test(inSight);
  return isInSight ? [] : ['', `  Verdict  ${word}`];
}

/**
 * What a command says, and the lines that go on from there. `sight`: the screen that it is said on, undefined where nobody
 * breaks lines and nothing goes out of sight.
 */
export function sayResult(
  { text, verdict, next = [] }: Partial<Pick<CommandResult, 'text' | 'verdict' | 'next'>>,
  sight: Sight | undefined,
): string {
  if (!text) return '';
  const ways = next.length === 0 ? [] : ['', ...sayNext(next, sight?.columns)];
  const again = sight && verdict ? sayAgain(verdict, [text, ...ways], sight) : [];
  return [text, ...again, ...ways].join('\n');
}
