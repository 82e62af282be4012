import type { Clock, Random } from '../domain/clock.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Redact } from '../domain/redact.ts';

/** The flags that mean the same on every command; accepted before and after its name (ux 2.2). */
export interface GlobalFlags {
  readonly env?: string;
  /** True when --env stands on the command line, not only in RELEASE_ENV. */
  readonly envIsTyped: boolean;
  readonly config?: string;
  readonly json: boolean;
  /** A file, or `-` for stdout. */
  readonly events?: string;
  readonly out: readonly string[];
  readonly plan: boolean;
  readonly yes: boolean;
  /** False when nothing may be asked. */
  readonly input: boolean;
  readonly quiet: boolean;
  readonly verbose: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

/** What the program may show and ask, found out once. */
export interface Terminal {
  readonly stdinIsTty: boolean;
  readonly stdoutIsTty: boolean;
  readonly stderrIsTty: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Columns of the screen that shows a stream; undefined where lines have no edge: in a pipe, a file, a log of CI. */
  readonly screen: { readonly stdout: number | undefined; readonly stderr: number | undefined };
  /** Decided once for each stream (ux D5). */
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  readonly ascii: boolean;
  readonly isCi: boolean;
  /** False without a terminal, in CI and after --no-input: then nothing is ever asked. */
  readonly canAsk: boolean;
  /** True when a live, redrawn view may be shown on stderr. */
  readonly isLive: boolean;
}

/** Where the program speaks. Every byte passes the redactor; a closed pipe never stops a run. */
export interface Output {
  /** The answer, on stdout, with a newline added. `isFile`: it is the text of a file, no line of which is broken. */
  result(text: string, isFile?: boolean): void;
  /** One JSON document on stdout. */
  json(document: JsonObject): void;
  /** Progress, questions, warnings, errors: stderr, with a newline added. */
  note(text: string): void;
  /** One line that GitHub takes as a command, on stderr; everything else is kept from looking like one. */
  command(line: string): void;
  /** Writes a file whole or not at all; folders are made. */
  file(path: string, text: string): void;
  /** Resolves when everything written has left the process, or its reader has gone. */
  flush(): Promise<void>;
}

/** A question; `flag` is what a script passes instead of answering. */
export interface Question {
  readonly question: string;
  readonly flag: string;
}

/** The one door for questions. Throws E_INPUT_OFF (exit 2) when input is off, E_ANSWERED_NO (130) on Ctrl-C. */
export interface Ask {
  /** y/N; no is the default. */
  confirm(question: Question): Promise<boolean>;
  /** A line of text as it was typed. */
  type(question: Question): Promise<string>;
  /** Position of the chosen entry; the first one is offered. */
  choose(question: Question & { readonly choices: readonly string[] }): Promise<number>;
}

/** Two-stage stop: the first request lets the running step finish, the second aborts the signal. */
export interface Stop {
  request(): void;
  readonly stopping: boolean;
  readonly signal: AbortSignal;
  /** Calls back once, at the first request. Returns what takes the listener off. */
  onRequest(listener: () => void): () => void;
  /** 143 after SIGTERM, else 130. */
  readonly exitCode: 130 | 143;
  /** What broke outside of any await; after the first of them no command ends well. */
  readonly bugs: readonly unknown[];
}

/** Everything a command may know of the outside. Nothing else reads process, time or terminal. */
export interface CliContext {
  readonly command: string;
  /** Version of this program. */
  readonly tool: string;
  readonly cwd: string;
  /** A copy of the process's environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Flags that Node itself was started with, from the command line and NODE_OPTIONS. */
  readonly nodeFlags: readonly string[];
  readonly flags: GlobalFlags;
  readonly out: Output;
  readonly terminal: Terminal;
  /** The system's time; a sandbox replaces it by a faster one (src/cli/clock.ts). */
  readonly clock: Clock;
  readonly random: Random;
  readonly redact: Redact;
  /** Tells the redactor about a secret value. */
  learn(secret: string): void;
  readonly ask: Ask;
  readonly stop: Stop;
  /** The person or job that acts: GITHUB_ACTOR, git's user.name, or the account of the machine. */
  readActor(): Promise<string>;
  readonly host: string;
}
