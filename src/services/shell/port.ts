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

/** What is told of a program that is talked to. */
export interface TalkOrder {
  /** Added to a minimal environment, as for any program. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onData: (part: Uint8Array) => void;
  /** It has ended, for whatever reason, or could not be started. */
  readonly onEnd: () => void;
}

/** A program that stays, to be asked many times: starting one costs more than most questions. */
export interface ShellTalk {
  write(text: string): void;
  /** Closes its input, so that it ends by itself. */
  close(): void;
  kill(): void;
  /** Only while an answer is due does it keep our own program from ending; when ours has ended, its input is closed. */
  hold(isDue: boolean): void;
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
  /** A program by argument list that answers as long as it is asked. It has no time limit: its caller keeps one. */
  talk(name: string, args: readonly string[], order: TalkOrder): ShellTalk;
  /** A line that the runbook's owner wrote in the configuration. Never one with foreign text inside. */
  line(line: string, order: ShellOrder): Promise<ShellAnswer>;
  /** A template with a minute's time; in a check, with the check's own. */
  readonly $: ShellTag;
  /** The same with limits of its own. */
  within(order: ShellOrder): ShellTag;
}
