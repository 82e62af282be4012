import { isReleaseError } from '../../domain/failure.ts';
import { findNextAttempt } from '../../ledger/find-next-attempt.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { sayNextAttempt } from '../../report/next-attempt-text.ts';
import { wrapWords } from '../../report/table.ts';
import type { CommandResult } from '../command.ts';
import type { Wired } from '../wired.ts';

/** The end of a rollback with the version that comes next. A ledger that does not answer keeps nobody. */
export async function tellNextAttempt(ended: CommandResult, wired: Wired): Promise<CommandResult> {
  if (ended.verdict !== 'completed') return ended;
  try {
    const next = findNextAttempt(foldRuns(await wired.ledger.read(wired.scope)));
    if (next === undefined) return ended;
    const said = sayNextAttempt(next, ended.version ?? 'what is live').flatMap((line) =>
      wrapWords(line, 76).map((part) => `    ${part}`),
    );
    return {
      ...ended,
      text: [ended.text, ...said].join('\n'),
      result: { ...ended.result, nextAttempt: { ...next } },
    };
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    return ended;
  }
}
