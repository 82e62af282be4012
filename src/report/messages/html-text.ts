import type { Dialect, ListEntry } from './dialect.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (words: string): string => words.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

const writeEntry = ({ mark, body }: ListEntry): string => {
  const box = typeof mark === 'object' && 'ticked' in mark ? (mark.ticked ? '☑ ' : '☐ ') : '';
  return `<li>${box}${body}</li>`;
};

/** HTML for a mail: no style sheet, no picture, no script, nothing that a mail program would block. */
export const htmlText: Dialect = {
  text: escapeHtml,
  strong: (inner) => `<strong>${inner}</strong>`,
  emphasis: (inner) => `<em>${inner}</em>`,
  code: (words) => `<code>${escapeHtml(words)}</code>`,
  link: (inner, address) => `<a href="${escapeHtml(address)}">${inner}</a>`,
  mention: (name) => name,
  lineBreak: '<br>\n',
  heading: (inner, depth) => `<h${depth}>${inner}</h${depth}>`,
  paragraph: (inner) => `<p>${inner}</p>`,
  list: (entries) => {
    const [first] = entries;
    const tag = typeof first?.mark === 'object' && 'number' in first.mark ? 'ol' : 'ul';
    return `<${tag}>\n${entries.map(writeEntry).join('\n')}\n</${tag}>`;
  },
  smallPrint: (inner) => `<p><small>${inner}</small></p>`,
  rule: '<hr>',
};
