import { ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';

/** What becomes of a production that a failed deploy has left half way. */
export type OnFailure = 'ask' | 'stop' | 'rollback';

const nobodyToAsk = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--on-failure ask needs a terminal and somebody at it.',
    next: 'Say --on-failure stop or --on-failure rollback.',
    state: 'untouched',
  });

/**
 * What was said, or else: a person is asked, a script does what `onFailure` of the configuration says. Throws
 * E_FLAG_REFUSED (exit 2) for a question that nobody could answer, before anything is done.
 */
export function readOnFailure(
  { onFailure }: CommandOptions,
  { terminal, flags }: Pick<CliContext, 'terminal' | 'flags'>,
  { runbook }: Pick<Wired, 'runbook'>,
): OnFailure {
  const mayAsk = terminal.canAsk && !flags.yes;
  if (onFailure === 'ask' && !terminal.canAsk) throw nobodyToAsk();
  if (onFailure !== undefined) return onFailure as OnFailure;
  return mayAsk ? 'ask' : runbook.onFailure;
}
