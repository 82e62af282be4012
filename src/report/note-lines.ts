import { oneLine } from '../domain/screen-text.ts';
import { wrapWords } from './table.ts';

const LABEL_WIDTH = 10;
const COLUMNS = 80;

/** A label and its text, which goes on below itself. */
export const noteLines = ([label, text]: readonly [string, string]): readonly string[] =>
  wrapWords(oneLine(text, 600), COLUMNS - LABEL_WIDTH - 3).map((line, i) =>
    `  ${(i === 0 ? label : '').padEnd(LABEL_WIDTH)} ${line}`.trimEnd(),
  );
