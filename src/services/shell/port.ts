export interface ShellOrder {
  readonly timeoutMs: number;
  /** Added to a minimal environment; nothing of ours is inherited but PATH, HOME, LANG and the proxy settings. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  readonly signal?: AbortSignal;
  readonly onLine?: (line: string) => void;
}

export interface ShellAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly tookMs: number;
  readonly timedOut: boolean;
  /** True when Ctrl-C of a terminal ended it: a child is in reach of the key until it leads its own group. */
  readonly byCtrlC?: true;
}

/** A word of a command line; every value becomes exactly one, whatever it holds. */
export type ShellWord = string | number;

/**
 * A command line as a template: `` $`git log ${branch}` ``. Throws E_COMMAND_FAILED unless it ends with 0 in time; where
 * another code is an answer, ask with `line`.
 */
export type ShellTag = (
  parts: TemplateStringsArray,
  ...words: readonly (ShellWord | readonly ShellWord[])[]
) => Promise<ShellAnswer>;

/** Programs and command lines, each in its own process group; a timeout kills the whole group. */
export interface ShellPort {
  /** A program by argument list: no shell, nothing to quote. */
  program(name: string, args: readonly string[], order: ShellOrder): Promise<ShellAnswer>;
  /** A line that the runbook's owner wrote in the configuration. Never one with foreign text inside. */
  line(line: string, order: ShellOrder): Promise<ShellAnswer>;
  /** A template with a minute's time; in a check, with the check's own. */
  readonly $: ShellTag;
  /** The same with limits of its own. */
  within(order: ShellOrder): ShellTag;
}
