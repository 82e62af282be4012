/** How much of the world an error has touched. */
export type StateAfter = 'untouched' | 'partly-done' | 'unclear';

/** The four parts of every error message; `see` names a command or document that helps. */
export interface FailureText {
  readonly what: string;
  readonly why?: string;
  readonly next: string;
  readonly state: StateAfter;
  readonly see?: string;
  readonly at?: { readonly file: string; readonly line: number; readonly col: number };
}

/** Codes are permanent; each one is documented in docs/errors.md (a test compares). */
export type FailureCode = `E_${string}`;

/**
 * An expected failure, told in words a person can act on. Anything else that is thrown is a bug.
 * The exit code belongs to the code's family and is decided in cli/exit.ts.
 */
export class ReleaseError extends Error {
  readonly code: FailureCode;
  readonly text: FailureText;

  constructor(code: FailureCode, text: FailureText) {
    super(text.what);
    this.name = 'ReleaseError';
    this.code = code;
    this.text = text;
  }
}

/** True when `error` is one of ours with this code. */
export const isReleaseError = (error: unknown, code?: FailureCode): error is ReleaseError =>
  error instanceof ReleaseError && (code === undefined || error.code === code);
