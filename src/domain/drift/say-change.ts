import { oneLine } from '../screen-text.ts';
import type { DriftChange } from './drift-state.ts';

const SIGN = { added: '+', removed: '-', changed: '~' } as const;
const SHA = /^[0-9a-f]{16,64}$/;
const LONGEST = 60;

/** `+`, `-` or `~`. */
export const signOf = ({ op }: DriftChange): string => SIGN[op];

const short = (word: string): string => (SHA.test(word) ? `${word.slice(0, 4)}…` : oneLine(word, LONGEST));

const wordsOf = (value: string): readonly string[] => value.split(' ').filter((word) => word !== '');

/** Words that came and went; a hash, or a single word on either side, is told as the way from one to the other. */
function sayChanged(from: string, to: string): string {
  const [before, after] = [wordsOf(from), wordsOf(to)];
  const went = before.filter((word) => !after.includes(word));
  const came = after.filter((word) => !before.includes(word));
  const isMove =
    (SHA.test(went[0] ?? '') && SHA.test(came[0] ?? '')) || (went.length === 1 && came.length === 1);
  const [left, right] = isMove ? [went.slice(1), came.slice(1)] : [went, came];
  const move = isMove
    ? [`${SHA.test(went[0] ?? '') ? 'sha256 ' : ''}${short(went[0] ?? '')} → ${short(came[0] ?? '')}`]
    : [];
  return [...move, ...right.map((word) => `+${short(word)}`), ...left.map((word) => `-${short(word)}`)].join(
    '  ',
  );
}

/** What happened to it, in a few words: `gone from production`. */
export function sayChange({ kind, op, from = '', to = '' }: DriftChange, env: string): string {
  if (op === 'changed') return kind === 'schema' ? 'defined in another way' : sayChanged(from, to);
  if (kind === 'code') return op === 'added' ? 'read by the code now' : 'no longer read by the code';
  if (op === 'removed') return `gone from ${env}`;
  return kind === 'webhook' || kind === 'health' ? `new: ${oneLine(to, LONGEST)}` : 'new';
}
