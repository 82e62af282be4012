import { ReleaseError } from '../../domain/failure.ts';
import type { HandoffItem } from '../../domain/handoff/item.ts';
import { readIssues } from '../../domain/handoff/known-issues.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { CommandOptions } from '../command.ts';

const MOST_TEXT = 500;

/** What a person says of an item. */
export interface Said {
  readonly item: HandoffItem;
  readonly text: string;
}

const refuse = (typed: string, why: string, items: readonly HandoffItem[]): ReleaseError => {
  const open = items.filter(({ mode }) => mode !== 'auto').map(({ id }) => id);
  return new ReleaseError('E_HANDOFF_ANSWER', {
    what: `--answer ${oneLine(typed, 80)} cannot be taken.`,
    why,
    next: `Write --answer ${open[0] ?? 'b6'}="…"; these take an answer: ${open.join(' ')}`,
    state: 'untouched',
  });
};

/** One answer. Throws E_HANDOFF_ANSWER (exit 2) for an item that there is not, that evidence alone ticks, or for other words than it takes. */
export function readAnswer(typed: string, items: readonly HandoffItem[]): Said {
  const [id = '', ...rest] = typed.split('=');
  const item = items.find((one) => one.id === id.trim());
  const text = oneLine(rest.join('='), MOST_TEXT);
  if (item === undefined) throw refuse(typed, 'There is no such item.', items);
  if (item.mode === 'auto') throw refuse(typed, `${item.id} is ticked by evidence alone.`, items);
  if (text === '') throw refuse(typed, 'An answer has words.', items);
  const choice = item.choices?.find((one) => one === text.toLowerCase());
  if (item.choices !== undefined && choice === undefined)
    throw refuse(typed, `${item.id} takes ${item.choices.join(', ')}.`, items);
  if (item.shape === 'issues' && readIssues(text) === undefined)
    throw refuse(
      typed,
      'Each known issue is written as  what / P0 to P3 / workaround , the next after a semicolon.',
      items,
    );
  return { item, text: choice ?? text };
}

/** Every --answer, in order; none of them is taken where one is wrong. */
export const readAnswers = (options: CommandOptions, items: readonly HandoffItem[]): readonly Said[] =>
  (Array.isArray(options.answer) ? (options.answer as readonly string[]) : []).map((typed) =>
    readAnswer(typed, items),
  );
