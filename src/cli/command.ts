import type { Finding } from '../domain/finding.ts';
import type { JsonObject } from '../domain/json.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit.ts';

/** What a command ends with. The edge prints it: `text` for people, the rest in the JSON envelope. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  /** A verdict word of ux 2.2, when the command judges something. */
  readonly verdict?: string;
  readonly result: JsonObject;
  /** For people, on stdout; may be empty. */
  readonly text: string;
  /** `text` is that of a file: whatever the screen, its lines stay as they are. */
  readonly isFile?: boolean;
  /** Command lines that go on from here, most likely first. */
  readonly next: readonly string[];
  readonly warnings: readonly string[];
  readonly env?: string;
  readonly version?: string;
  readonly run?: string;
  readonly sandbox?: boolean;
  /** For the files of --out, when the command has findings. */
  readonly findings?: readonly Finding[];
  /** Markdown that is the answer itself, for --out of that kind. */
  readonly document?: string;
}

/** A command's own flags by their camelCase name. */
export type CommandOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** What a file in src/cli/commands exports. */
export interface CommandModule {
  run(args: readonly string[], options: CommandOptions, context: CliContext): Promise<CommandResult>;
}
