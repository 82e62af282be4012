import { type Dialect, type ListMark, listLines } from './dialect.ts';

const sayMark = (mark: ListMark): string => {
  if (mark === 'bullet') return '•';
  return 'number' in mark ? `${mark.number}.` : mark.ticked ? '☑' : '☐';
};

/** Words alone: what a screen reader reads and a mail without HTML shows. */
export const plainText: Dialect = {
  text: (words) => words,
  strong: (inner) => inner,
  emphasis: (inner) => inner,
  code: (words) => words,
  link: (inner, address) => (inner === address ? address : `${inner}: ${address}`),
  mention: (name) => name,
  lineBreak: '\n',
  heading: (inner) => inner,
  paragraph: (inner) => inner,
  list: (entries) => listLines(entries, sayMark),
  smallPrint: (inner) => inner,
  rule: '—————',
};
