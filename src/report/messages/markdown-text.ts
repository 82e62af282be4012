import { type Dialect, type ListMark, listLines } from './dialect.ts';

const sayMark = (mark: ListMark): string => {
  if (mark === 'bullet') return '-';
  return 'number' in mark ? `${mark.number}.` : mark.ticked ? '- [x]' : '- [ ]';
};

/** Only what could mean something is escaped, so that a person can still read the source. */
const escapeWords = (words: string): string =>
  words
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/&(?=[#\w]+;)/g, '&amp;')
    .replace(/@(?=\w)/g, '@\u200b');

/** Markdown for reports, pull requests and files. A mention is a name: nobody is notified by a file. */
export const markdownText: Dialect = {
  text: escapeWords,
  strong: (inner) => `**${inner}**`,
  emphasis: (inner) => `_${inner}_`,
  code: (words) => `\`${words.replace(/`/g, "'")}\``,
  link: (inner, address) => `[${inner}](<${address}>)`,
  mention: (name) => name,
  lineBreak: '  \n',
  heading: (inner, depth) => `${'#'.repeat(depth)} ${inner}`,
  paragraph: (inner) => inner.replace(/^(\s*)([#+-])(?=\s)/gm, '$1\\$2'),
  list: (entries) => listLines(entries, sayMark),
  smallPrint: (inner) => `> ${inner.replace(/\n/g, '\n> ')}`,
  rule: '---',
};
