import type { LedgerEvent } from '../../ledger/event.ts';
import type { RunState } from '../../ledger/fold.ts';
import { listKept } from '../../ledger/fold-messages.ts';
import { isOvertaken } from '../notify/write-late.ts';

/** What a run could not send to everybody, and the line that sends it (ux 3.3); a question that is over is not worth one. */
export function sayUnsent(events: readonly LedgerEvent[], run: RunState, env: string): readonly string[] {
  const kept = listKept(events, run).filter((one) => !isOvertaken(one));
  if (kept.length === 0) return [];
  const each = kept.map(
    ({ template, missing }) =>
      `${template} (${missing.map((one) => `#${one.replace(/^#/, '')}`).join(', ')})`,
  );
  return [`Not sent and kept: ${each.join(', ')}. Sent by: release notify --resend --env ${env}`];
}
