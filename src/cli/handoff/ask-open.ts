import { isReleaseError, ReleaseError } from '../../domain/failure.ts';
import type { Standing } from '../../domain/handoff/judge-item.ts';
import { plural } from '../../domain/plural.ts';
import { cleanForScreen } from '../../domain/screen-text.ts';
import type { CliContext } from '../context.ts';
import type { Wired } from '../wired.ts';
import type { Meeting } from './meeting.ts';
import { readAnswer } from './read-answers.ts';
import { recordAnswer } from './record-answer.ts';

/** Evidence that objects is mended, not talked away: such an item is not asked. */
const takesAnswer = ({ item, state, next }: Standing): boolean =>
  item.mode !== 'auto' && (state === 'stale' || (state === 'open' && next?.startsWith('--answer') === true));

function sayQuestion({ item, said, from }: Standing): string {
  const seen = from === undefined || item.asks === undefined ? '' : `\n  ${cleanForScreen(said)}`;
  const choices = item.choices === undefined ? '' : ` (${item.choices.join('/')})`;
  return `\n  ${item.id}  ${item.text}${seen}\n  ${item.asks ?? item.text}${choices} [Enter: later]`;
}

const left = (id: string, count: number): ReleaseError =>
  new ReleaseError('E_ANSWERED_NO', {
    what: `Left at ${id}; ${plural(count, 'answer')} ${count === 1 ? 'is' : 'are'} on record.`,
    next: 'The same command goes on there.',
    state: count === 0 ? 'untouched' : 'partly-done',
  });

/** Asks what only people know, item by item. Enter leaves one for later, and so does an answer that it does not take. */
export async function askOpen(
  open: readonly Standing[],
  meeting: Meeting,
  context: CliContext,
  wired: Wired,
): Promise<number> {
  let count = 0;
  for (const standing of open.filter(takesAnswer)) {
    const { id } = standing.item;
    const asked = { question: sayQuestion(standing), flag: `--answer ${id}="…"` };
    const text = await context.ask.type(asked).catch((error: unknown) => {
      throw isReleaseError(error, 'E_ANSWERED_NO') ? left(id, count) : error;
    });
    if (text.trim() === '') continue;
    try {
      await recordAnswer(readAnswer(`${id}=${text}`, meeting.items), meeting, context, wired);
      count += 1;
    } catch (error) {
      if (!isReleaseError(error, 'E_HANDOFF_ANSWER')) throw error;
      context.out.note(`  ${error.text.why ?? error.text.what}`);
    }
  }
  return count;
}
