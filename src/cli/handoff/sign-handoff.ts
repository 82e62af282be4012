import { ReleaseError } from '../../domain/failure.ts';
import { plural } from '../../domain/plural.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { sayHandoff } from '../../report/handoff/handoff-text.ts';
import type { Wish } from '../approve/read-wish.ts';
import { sayRecorded } from '../approve/record-sign-off.ts';
import { sayQuestion } from '../approve/say-question.ts';
import { draftSignOffs, signDrafts } from '../approve/sign-sitting.ts';
import type { CommandOptions } from '../command.ts';
import { confirmLight } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { lookOf } from '../look-of.ts';
import type { Wired } from '../wired.ts';
import type { Seen } from './look-at-meeting.ts';

const MOST_COMMENT = 300;

const refuse = (what: string, why: string, next: string): ReleaseError =>
  new ReleaseError('E_FLAG_REFUSED', { what, why, next, state: 'untouched' });

/** What somebody wants to say to a handoff; undefined: nothing. Throws E_FLAG_REFUSED, E_REASON_MISSING (exit 2). */
export function readHandoffWish(options: CommandOptions, redact: (text: string) => string): Wish | undefined {
  const words = (['sign', 'decline', 'revoke'] as const).filter((name) => options[name] === true);
  const [word, more] = words;
  if (more !== undefined)
    throw refuse(
      `--${word} and --${more} are two words.`,
      'A signature says one thing.',
      'Give one of them.',
    );
  if (word === undefined) return undefined;
  const comment =
    typeof options.comment === 'string' ? redact(oneLine(options.comment, MOST_COMMENT)).trim() : '';
  if (word === 'decline' && comment === '')
    throw new ReleaseError('E_REASON_MISSING', {
      what: '--decline needs a reason.',
      why: 'Whoever hands over must know what is missing.',
      next: 'Add --comment "…".',
      state: 'untouched',
    });
  return { word: word === 'sign' ? 'go' : word === 'decline' ? 'no-go' : 'revoked', comment };
}

const stillOpen = (ids: readonly string[]): ReleaseError =>
  new ReleaseError('E_HANDOFF_OPEN', {
    what: `Nothing was signed: ${plural(ids.length, 'item')} ${ids.length === 1 ? 'is' : 'are'} open: ${ids.join(' ')}.`,
    why: 'A signature says that whoever takes over has what they need.',
    next: 'Settle them, or say what is missing: --decline --comment "…"',
    state: 'untouched',
  });

/** Signs, declines or takes a word back (HOP-25 to HOP-27, HOO-29). Returns a line for each that was recorded. */
export async function signHandoff(
  { view, sitting }: Seen,
  wish: Wish,
  options: CommandOptions,
  context: CliContext,
  wired: Wired,
): Promise<readonly string[]> {
  if (sitting === undefined)
    throw refuse(
      'An emergency is not signed.',
      'It is passed on by the incident commanders.',
      'release handoff emergency --to <person>, then --accept',
    );
  const open = view.verdict.open.map(({ item }) => item.id);
  if (wish.word === 'go' && open.length > 0) throw stillOpen(open);
  const drafts = await draftSignOffs(sitting, wish, options, context, wired);
  const { terminal } = context;
  const look = lookOf({ terminal }, 'stderr');
  if (terminal.canAsk) context.out.note(`${sayHandoff(view, look)}\n`);
  await confirmLight(context, sayQuestion(drafts, wired));
  const made = await signDrafts(drafts, sitting, context, wired);
  return made.map((one) => sayRecorded(one, sitting.decision.outcomes, wired));
}
