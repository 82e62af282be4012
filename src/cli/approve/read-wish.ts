import type { ApprovalPayload } from '../../domain/approvals/payload.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { CommandOptions } from '../command.ts';

const MOST_COMMENT = 300;

/** What somebody wants to say. */
export interface Wish {
  readonly word: ApprovalPayload['decision'];
  readonly comment: string;
}

const both = (): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', {
    what: '--no-go and --revoke are two words.',
    next: 'Give one of them.',
    state: 'untouched',
  });

const noReason = (): ReleaseError =>
  new ReleaseError('E_REASON_MISSING', {
    what: '--no-go needs a reason.',
    why: 'One NO-GO stops the release; the others must know why.',
    next: 'Add --comment "…".',
    state: 'untouched',
  });

/** The word and the comment of the flags. Throws E_FLAG_REFUSED, E_REASON_MISSING (exit 2). */
export function readWish(options: CommandOptions, redact: (text: string) => string): Wish {
  const { revoke, comment } = options;
  // The parser takes --no-go for the opposite of --go.
  const noGo = options.go === false;
  if (noGo && revoke === true) throw both();
  const said = typeof comment === 'string' ? redact(oneLine(comment, MOST_COMMENT)).trim() : '';
  if (noGo && said === '') throw noReason();
  return { word: noGo ? 'no-go' : revoke === true ? 'revoked' : 'go', comment: said };
}

/** True when nothing is signed: a workflow only wants to know whether everybody has (--require). */
export const isLook = ({ require: wanted, as, go, revoke, for: other, key }: CommandOptions): boolean =>
  wanted === true && go !== false && [as, revoke, other, key].every((one) => one === undefined);
