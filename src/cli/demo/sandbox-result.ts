import type { CommandResult } from '../command.ts';
import { EXIT } from '../exit.ts';

/** What a word of `release demo` that did what it should answers. */
export const sandboxResult = (
  text: string,
  next: readonly string[],
  result: CommandResult['result'] = {},
): CommandResult => ({ exitCode: EXIT.ok, result, text, next, warnings: [], sandbox: true });
