import { type FailureCode, ReleaseError } from '../domain/failure.ts';
import { didYouMean } from '../domain/suggest.ts';
import type { CommandSpec } from './catalogue/spec.ts';
import { GLOBAL_FLAGS, HIDDEN_FLAGS, namesOf } from './global-flags.ts';
import { commandWords } from './quick.ts';

const usage = (code: FailureCode, what: string, next: string): ReleaseError =>
  new ReleaseError(code, { what, next, state: 'untouched' });

const helpLine = (spec?: CommandSpec): string => `release ${spec ? `${spec.name} ` : ''}--help`;

/** E_COMMAND_UNKNOWN, naming the nearest one. */
export function unknownCommand(typed: string): ReleaseError {
  const what = `There is no command "${typed}".${didYouMean(typed, commandWords())}`;
  return usage('E_COMMAND_UNKNOWN', what, 'release --help lists the commands.');
}

/** E_COMMAND_MISSING: flags alone. */
export const missingCommand = (): ReleaseError =>
  usage('E_COMMAND_MISSING', 'There is no command on this line.', 'release --help lists the commands.');

/** E_FLAG_UNKNOWN, naming the nearest flag of this command. */
export function unknownFlag(typed: string, spec?: CommandSpec): ReleaseError {
  const flag = typed.split('=')[0] ?? typed;
  const known = [...(spec?.options ?? []), ...GLOBAL_FLAGS, ...HIDDEN_FLAGS].flatMap(namesOf);
  const longOnly = known.filter((name) => name.startsWith('--'));
  const what = `${spec?.name ?? 'release'} has no flag "${flag}".${didYouMean(flag, longOnly)}`;
  return usage('E_FLAG_UNKNOWN', what, helpLine(spec));
}

/** E_FLAG_VALUE: a flag without its value, or with one that is not allowed. */
export const badFlagValue = (said: string, spec?: CommandSpec): ReleaseError =>
  usage('E_FLAG_VALUE', said, helpLine(spec));

/** E_ARGUMENTS: more words than the command takes. */
export function tooManyArguments(spec: CommandSpec, got: readonly string[]): ReleaseError {
  const quoted = got.map((word) => `"${word}"`).join(' ');
  const counts = ['no', 'one', 'two', 'three', 'four'];
  const takes = spec.args[0] ? `one ${spec.args[0].name}` : 'no argument';
  const amount = counts[got.length] ?? String(got.length);
  const what = `${spec.name} takes ${takes}, got ${amount}: ${quoted}.`;
  return usage('E_ARGUMENTS', what, helpLine(spec));
}

/** E_FLAG_REFUSED: a flag of every command that makes no sense on this one. */
export const refusedFlag = (what: string, spec: CommandSpec): ReleaseError =>
  usage('E_FLAG_REFUSED', what, helpLine(spec));
