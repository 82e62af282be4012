import type { SqlUnread } from '../../../src/services/sql/port.ts';
import type { Hit, Rule } from '../lint/rule.ts';

export const unreadRules: readonly Rule[] = [
  {
    id: 'dynamic-sql',
    row: 33,
    class: 'destructive',
    level: 'warning',
    sees: 'EXECUTE of a text that is put together while it runs; a block in another language',
    remedy: 'Write the statement out, or look yourself at what it may become.',
  },
  {
    id: 'unread-body',
    row: 33,
    class: 'destructive',
    level: 'error',
    sees: 'a DO block, or a function that the file calls, whose body cannot be read',
    remedy: 'Correct it, or write the statements outside of the block.',
  },
  {
    id: 'unparsed',
    row: 34,
    class: 'destructive',
    level: 'error',
    sees: 'a file or rollback script that is no SQL: a typing error, a command of psql, the data of COPY … FROM stdin, bytes that are not UTF-8, a byte order mark',
    remedy: 'Correct it at this place: the server cannot read it either.',
    isFinal: true,
  },
];

const SAID: Readonly<Record<SqlUnread['why'], (said: string) => string>> = {
  dynamic: (said) => `cannot be judged, it is known only while it runs: ${said}`,
  foreign: (said) => `cannot be judged: ${said}`,
  body: (said) => `cannot be read: ${said}`,
};

/** A part that nobody can look into is no good news. */
export const hitOfUnread = ({ why, said, at }: SqlUnread): Hit => ({
  rule: why === 'body' ? 'unread-body' : 'dynamic-sql',
  at,
  said: SAID[why](said),
});

/** A file that is no SQL. */
export function hitOfRefusal(said: string, at: number): Hit {
  const why = said.includes('"\\"') ? ' (a command of psql, which the server does not know)' : '';
  return { rule: 'unparsed', at, said: `is no SQL: ${said}${why}` };
}
