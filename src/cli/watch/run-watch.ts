import { ReleaseError } from '../../domain/failure.ts';
import type { Level } from '../../domain/watch/rule.ts';
import type { CommandOptions, CommandResult } from '../command.ts';
import type { CliContext } from '../context.ts';
import { replay } from './replay.ts';

const LEVELS = ['P0', 'P1', 'P2', 'hold'] as const;

const failOnOf = ({ failOn }: CommandOptions): Level => LEVELS.find((level) => level === failOn) ?? 'P1';

const textOf = (typed: CommandOptions[string]): string | undefined =>
  typeof typed === 'string' ? typed : undefined;

const notYet = (): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: 'watch can only replay a record so far.',
    next: 'release watch --replay ticks.jsonl',
    state: 'untouched',
  });

/** `release watch`. */
export async function runWatch(
  _args: readonly string[],
  options: CommandOptions,
  context: CliContext,
): Promise<CommandResult> {
  const file = textOf(options.replay);
  if (file === undefined) throw notYet();
  return replay({ file, rules: textOf(options.rules), failOn: failOnOf(options) }, context);
}
