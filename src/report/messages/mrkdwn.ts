import { type Dialect, type ListMark, listLines } from './dialect.ts';

const sayMark = (mark: ListMark): string => {
  if (mark === 'bullet') return '•';
  return 'number' in mark ? `${mark.number}.` : mark.ticked ? '☑' : '☐';
};

/** The three characters with which every mention, link and command of Slack begins or ends (T13). */
const escapeControls = (words: string): string =>
  words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** A lone backtick or a fence would turn the rest of the message into code; a pair is harmless. */
function tameBackticks(words: string): string {
  const isBalanced = (words.match(/`/g) ?? []).length % 2 === 0;
  return isBalanced && !words.includes('```') ? words : words.replace(/`+/g, "'");
}

const escapeWords = (words: string): string => escapeControls(tameBackticks(words));

/** A star at an end of bold words would double the one that makes them bold. */
const apart = (inner: string): string => inner.replace(/^\*/, '\u2060*').replace(/\*$/, '*\u2060');

/** Slack's own markup: `*bold*`, `<url|text>`, no headings, no boxes (E-91, E-93). */
export const mrkdwn: Dialect = {
  text: escapeWords,
  strong: (inner) => `*${apart(inner)}*`,
  emphasis: (inner) => `_${inner}_`,
  code: (words) => `\`${escapeControls(words.replace(/`/g, "'"))}\``,
  link: (inner, address) => `<${escapeControls(address).replace(/\|/g, '%7C')}|${inner.replace(/\|/g, '¦')}>`,
  mention: (_name, member) => `<@${member}>`,
  lineBreak: '\n',
  heading: (inner) => `*${apart(inner)}*`,
  paragraph: (inner) => inner,
  list: (entries) => listLines(entries, sayMark),
  smallPrint: (inner) => inner,
  rule: '',
};
