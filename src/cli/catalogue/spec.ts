/** A flag, in the notation of commander: `--to <version>`. */
export interface OptionSpec {
  readonly flags: string;
  readonly about: string;
  /** May be given several times. */
  readonly repeat?: true;
  readonly choices?: readonly string[];
}

export interface ArgumentSpec {
  readonly name: string;
  readonly about: string;
  readonly required?: true;
  /** Words that a shell offers; the command itself judges what it is given. */
  readonly choices?: readonly string[];
}

export const GROUPS = ['Release day', 'Look back', 'Set up'] as const;

/** A command as people see it. Data only: help, parsing, docs and suggestions are all made from it. */
export interface CommandSpec {
  readonly name: string;
  /** Plumbing stands in no overview: programs call it, not people. */
  readonly group: (typeof GROUPS)[number] | 'Plumbing';
  /** One line, a promise: what the command answers or does. */
  readonly summary: string;
  readonly args: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly line: string; readonly says: string }[];
  /** False for commands that work on the repository or on nothing: they refuse --env. */
  readonly takesEnv: boolean;
  /** False for commands that only read: they refuse --plan. */
  readonly takesPlan: boolean;
  /** What the exit codes mean here, for those that need saying. */
  readonly exits: string;
  /** True for commands that answer with findings: --out also writes JUnit, SARIF and TAP. */
  readonly hasFindings?: true;
  /** True for a command that itself writes what --out names as .html. */
  readonly writesPage?: true;
  /** True for a command that can write nothing into the record: it never asks who acts. */
  readonly onlyLooks?: true;
  /** True when the first Ctrl-C lets work in progress finish; else it ends the command at once. */
  readonly stopsInStages?: true;
}
