import type { Key } from './read-keys.ts';

/** A question whose answer is typed on the screen, while everything goes on. */
export interface Typing {
  readonly question: string;
  readonly text: string;
  readonly take: (text: string) => void;
}

/** Longer answers are no notes. */
const MOST = 500;

/** The answer after one more key; `sent` and `left` end it. */
export function typeKey(typing: Typing, key: Key): Typing | 'sent' | 'left' {
  if ('sign' in key) {
    const text = typing.text.length >= MOST ? typing.text : typing.text + key.sign;
    return { ...typing, text };
  }
  if (key.does === 'erase') return { ...typing, text: [...typing.text].slice(0, -1).join('') };
  if (key.does === 'leave') return 'left';
  if (key.does !== 'send') return typing;
  return typing.text.trim() === '' ? 'left' : 'sent';
}
