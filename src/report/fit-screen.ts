import { carryColours } from './carry-colours.ts';
import { plainOf, widthOf } from './display-width.ts';
import { splitWords } from './joined-commands.ts';
import { wrapCommand } from './wrap-command.ts';

/** A screen narrower than this is not laid out for: its terminal breaks lines itself. */
const NARROWEST = 20;
/** The least room for words beside a label or a margin; where there is less they begin at the left. */
const ROOM = 20;

const MARGIN = 2;

/**
 * Lines that people paste, into a file or, in an emergency, into a shell, and lines of a file with a caret below: broken
 * they would be others. A terminal that breaks them itself gives them back in one piece.
 */
const IS_WHOLE = /^\s*(?:--|#|\d* *\|) |^ +(?:(?:git|gh|psql|curl|cd|export) |\{ |BRANCH=)(?=\S.*[-'"/$])/;

/** A quotation: its bar goes on beside it. */
const QUOTED = /^( *│ )(.+)$/;

/** Lines being filled; `at` is the column where the next one begins. */
interface Flow {
  readonly columns: number;
  readonly at: number;
  readonly lines: string[];
  open: string;
}

const isBlank = ({ open }: Flow): boolean => open.trim() === '';

function turn(flow: Flow, word: string): void {
  const at = isBlank(flow) ? flow.open.length : flow.at;
  if (!isBlank(flow)) flow.lines.push(flow.open.trimEnd());
  // A word that is wider than its room begins further left, as far as that helps.
  flow.open = ' '.repeat(Math.max(0, Math.min(at, flow.columns - widthOf(word)))) + word;
}

function turnCommand(flow: Flow, command: string): void {
  for (const line of wrapCommand(command, flow.columns - flow.at)) turn(flow, line);
  turn(flow, '');
}

const fits = ({ open, columns }: Flow, text: string): boolean => widthOf(open) + widthOf(text) <= columns;

function addWord(flow: Flow, gap: string, word: string): void {
  const next = isBlank(flow) ? word : gap + word;
  if (fits(flow, next)) flow.open += next;
  else if (word.includes(' ') && widthOf(word) > flow.columns - MARGIN) turnCommand(flow, word);
  else turn(flow, word);
}

/** A cell of a row: beside its label, or after its gap while it fits, then closer, then below. */
function addCell(flow: Flow, gap: string, cell: string): void {
  const isBeside = widthOf(flow.open) + gap.length <= flow.at;
  const near = isBeside ? gap : [gap, '  '].find((one) => fits(flow, one + cell));
  if (near === undefined && !isBlank(flow)) turn(flow, '');
  for (const [i, word] of splitWords(cell).entries()) addWord(flow, i === 0 ? (near ?? '') : ' ', word);
}

/** A margin that is wider is the place of a text beside its label. */
const WIDEST_MARGIN = 8;

/** Where a line goes on: under the text beside its label or mark, under itself beside a label above, or two columns in. */
function findMargin(painted: string, lead: number, columns: number): number {
  const line = plainOf(painted);
  const label = /^ *\S+(?: \S+)*? {2,}(?=\S)/.exec(line)?.[0];
  const mark = /^ *(?:[^\s\w]|\[[\w.]+\] *) (?=\S)/.exec(line)?.[0];
  const beside = [label, mark].map((text) => (text === undefined ? Infinity : widthOf(text)));
  return beside.find((width) => width <= columns - ROOM) ?? (lead > WIDEST_MARGIN ? lead : lead + MARGIN);
}

function breakLine(line: string, columns: number, margin: number): Flow {
  const wide = /^ */.exec(line)?.[0].length ?? 0;
  const lead = wide > columns - ROOM ? margin : wide;
  const at = wide === lead ? findMargin(line, lead, columns) : margin;
  const flow: Flow = { columns, at, lines: [], open: ' '.repeat(lead) };
  for (const [, gap = '', cell = ''] of line.slice(wide).matchAll(/( {2,}|^)(.+?)(?= {2}|$)/g))
    addCell(flow, gap, cell);
  if (!isBlank(flow)) flow.lines.push(flow.open.trimEnd());
  return flow;
}

/**
 * A text as lines of at most `columns`, broken between words: what goes on stands under its text, a command is broken as
 * a shell takes it. Wider than the screen stay a single word that is, and what can only be copied whole. Lines that fit
 * stay as they are.
 */
export function fitScreen(text: string, columns: number): string {
  if (columns < NARROWEST) return text;
  let margin = 2 * MARGIN;
  const lines = text.split('\n').flatMap((line) => {
    if (widthOf(line) <= columns || IS_WHOLE.test(plainOf(line))) return [line];
    const [, bar = '', quoted = line] = QUOTED.exec(line) ?? [];
    const flow = breakLine(quoted, columns - bar.length, margin);
    margin = Math.max(2 * MARGIN, flow.at);
    return carryColours(flow.lines.map((one) => bar + one));
  });
  return lines.join('\n');
}
