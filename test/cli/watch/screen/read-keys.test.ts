import { describe, expect, it } from 'vitest';
import { readKeys } from '../../../../src/cli/watch/screen/read-keys.ts';
import { type Typing, typeKey } from '../../../../src/cli/watch/screen/type-line.ts';

const typing = (text: string): Typing => ({ question: 'note:', text, take: () => undefined });

/** What stands in the line after all that was typed; `sent` or `left` when it is over. */
function lineOf(typed: string): string {
  let now: ReturnType<typeof typeKey> = typing('');
  for (const key of readKeys(typed)) {
    if (typeof now === 'string') break;
    now = typeKey(now, key);
  }
  return typeof now === 'string' ? now : now.text;
}

describe('keys', () => {
  it('are letters of every script, and the few that end or mend a line', () => {
    expect(readKeys('né')).toEqual([{ sign: 'n' }, { sign: 'é' }]);
    expect(readKeys('\r\u007f\u001b\u0003\u001a')).toEqual(
      ['send', 'erase', 'leave', 'stop', 'suspend'].map((does) => ({ does })),
    );
  });

  it('know neither arrows nor other control characters', () => {
    expect(readKeys('\u001b[A')).toEqual([]);
    expect(readKeys('\u001b]0;title\u0007')).toEqual([]);
    expect(readKeys('a\u0001\u0000\u009b\u202eb')).toEqual([{ sign: 'a' }, { sign: 'b' }]);
  });

  it('make a line that can be mended, sent and left', () => {
    expect(lineOf('slow exprt\u007f\u007fort')).toBe('slow export');
    expect(lineOf('👍\u007fok')).toBe('ok');
    expect([lineOf('text\r'), lineOf('text\u001b'), lineOf('  \r')]).toEqual(['sent', 'left', 'left']);
  });

  it('make no line that is longer than a note', () => {
    expect(lineOf('x'.repeat(2000))).toHaveLength(500);
  });
});
