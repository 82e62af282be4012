import { ReleaseError } from '../domain/failure.ts';

/** One thing that is wrong in the configuration, at its place. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly col: number;
  readonly severity: 'error' | 'warn';
  readonly message: string;
  /** The line of the file, and how many characters the caret spans. */
  readonly source: string;
  readonly width: number;
}

const caret = ({ line, col, source, width }: Problem): string => {
  const number = String(line).padStart(5);
  return `${number} | ${source}\n${' '.repeat(5)} | ${' '.repeat(Math.max(0, col - 1))}${'^'.repeat(Math.max(1, width))}`;
};

/** Problems as an editor and a person can read them: `file:line:col  error  …`, the line, and a caret. */
export const printProblems = (problems: readonly Problem[]): string =>
  problems
    .map(
      (one) => `${one.file}:${one.line}:${one.col}  ${one.severity.padEnd(5)}  ${one.message}\n${caret(one)}`,
    )
    .join('\n');

/** A configuration with problems. All of them are in it, never only the first. */
export class ConfigError extends ReleaseError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const [first] = problems;
    const count = problems.length;
    super('E_CONFIG_INVALID', {
      what: `${count === 1 ? 'One problem' : `${count} problems`} in the configuration; nothing was done.\n\n${printProblems(problems)}`,
      next: 'Correct it; release config check shows all problems at once.',
      state: 'untouched',
      ...(first ? { at: { file: first.file, line: first.line, col: first.col } } : {}),
    });
    this.problems = problems;
  }
}
