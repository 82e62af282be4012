/** One key: a sign that was typed, or one of those that end a line. */
export type Key =
  | { readonly sign: string }
  | { readonly does: 'send' | 'leave' | 'erase' | 'stop' | 'suspend' };

const [ESC, BELL] = ['\u001b', '\u0007'];

const DOES: Readonly<Record<string, Extract<Key, { does: string }>['does']>> = {
  '\r': 'send',
  '\n': 'send',
  '\u001b': 'leave',
  '\u0004': 'leave',
  '\u007f': 'erase',
  '\b': 'erase',
  '\u0003': 'stop',
  '\u001a': 'suspend',
};

/** Arrows and the like; they mean nothing here. */
const SEQUENCES = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|O.|\\][^${BELL}]*${BELL}?)`, 'g');

const isControl = (sign: string): boolean => /\p{C}/u.test(sign);

/** The keys in a piece of what a terminal sends. Control characters that mean nothing are dropped, never kept as text. */
export function readKeys(typed: string): readonly Key[] {
  return [...typed.replace(SEQUENCES, '')].flatMap((sign): Key[] => {
    const does = DOES[sign];
    if (does !== undefined) return [{ does }];
    return isControl(sign) ? [] : [{ sign }];
  });
}
