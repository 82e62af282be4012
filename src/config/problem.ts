import { ReleaseError } from '../domain/failure.ts';

/** A place in a file. Lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

/** One thing that is wrong in the configuration, at its place. */
export interface Problem extends Place {
  readonly severity: 'error' | 'warn';
  readonly message: string;
  /** The line of the file; missing when it may hold a secret. */
  readonly sourceLine?: string;
  /** Characters the caret spans. */
  readonly width: number;
}

const MOST_COLUMNS = 120;

/** Long lines (a file may be JSON on one line) are cut around the place. */
function cutAround(line: string, col: number): { readonly shown: string; readonly at: number } {
  if (line.length <= MOST_COLUMNS) return { shown: line, at: col - 1 };
  const from = Math.max(0, Math.min(col - 1 - MOST_COLUMNS / 2, line.length - MOST_COLUMNS));
  return { shown: `…${line.slice(from, from + MOST_COLUMNS)}…`, at: col - from };
}

function showLine({ line, col, sourceLine, width }: Problem): string {
  const number = String(line).padStart(5);
  if (sourceLine === undefined) return `${number} | (not shown: this line may hold a secret)`;
  const { shown, at } = cutAround(sourceLine, col);
  const carets = '^'.repeat(Math.max(1, Math.min(width, shown.length - at)));
  // Tabs are kept, so that the caret stands below its word whatever a terminal makes of them.
  const indent = shown.slice(0, at).replace(/[^\t]/g, ' ');
  return `${number} | ${shown}\n${' '.repeat(5)} | ${indent}${carets}`;
}

const say = (place: Place): string => `${place.file}:${place.line}:${place.col}`;

/** Problems as a person reads them: `file:line:col  error  …`, the line, and a caret. */
export const printProblems = (problems: readonly Problem[]): string =>
  problems
    .map((one) => `${say(one)}  ${one.severity.padEnd(5)}  ${one.message}\n${showLine(one)}`)
    .join('\n');

/** The same one per line, as editors and grep read it: `file:line:col: error: …`. */
export const listProblems = (problems: readonly Problem[]): string =>
  problems
    .map((one) => `${say(one)}: ${one.severity === 'warn' ? 'warning' : 'error'}: ${one.message}`)
    .join('\n');

/** A configuration with problems. All of them are in it, never only the first. */
export class ConfigError extends ReleaseError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter((one) => one.severity === 'error');
    const [first] = errors;
    const count = errors.length === 1 ? 'One problem' : `${errors.length} problems`;
    super('E_CONFIG_INVALID', {
      what: `${count} in the configuration; nothing was done.\n${printProblems(problems)}`,
      next: 'Correct it; release config check shows every problem again.',
      state: 'untouched',
      ...(first ? { at: { file: first.file, line: first.line, col: first.col } } : {}),
    });
    this.problems = problems;
  }
}
