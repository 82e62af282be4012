import { oneLine } from '../screen-text.ts';
import type { HistoryCommit } from './commit.ts';

/** A subject, as far as it keeps to the convention `type(scope)!: text`. */
export interface Header {
  /** `feat`, `fix` …; undefined for a subject of free words. */
  readonly type?: string;
  readonly scope?: string;
  readonly text: string;
  readonly isBreaking: boolean;
}

/** Words that stand before a colon for other reasons (`Note: …`) are no types. */
const TYPES = [
  'feat',
  'feature',
  'fix',
  'perf',
  'refactor',
  'docs',
  'style',
  'test',
  'build',
  'ci',
  'chore',
  'revert',
];
const SHAPE = /^([a-z]{2,12})(?:\(([^()]{1,60})\))?(!?):\s+(\S.*)$/i;
const BREAKING = /^BREAKING[ -]CHANGE: /m;
const LONGEST = 200;

/** Reads the first line of a commit; free words come back whole, so that nothing is lost (PRE-05). */
export function readHeader({ subject, body }: HistoryCommit): Header {
  const line = oneLine(subject, LONGEST) || '(no subject)';
  const [, type = '', scope, mark, text = ''] = SHAPE.exec(line) ?? [];
  const known = type.toLowerCase();
  if (!TYPES.includes(known)) return { text: line, isBreaking: BREAKING.test(body) };
  const isBreaking = mark === '!' || BREAKING.test(body);
  return { type: known, ...(scope === undefined ? {} : { scope }), text, isBreaking };
}
