import { escapeMarkdown } from '../../files/markdown.ts';
import type { Element, Node } from './read-markup.ts';

/** Pictures, keys of pictures and links within the page: their findings and figures stand beside them in words. */
const LEFT_OUT = new Set(['svg', 'nav', 'fieldset']);
const isLeftOut = ({ tag, kind }: Element): boolean => LEFT_OUT.has(tag) || /\bkey\b/.test(kind);

const MOST_LETTERS = 2000;

const isElement = (node: Node): node is Element => typeof node !== 'string';
const childrenOf = (nodes: readonly Node[], tag: string): readonly Element[] =>
  nodes.filter((node): node is Element => isElement(node) && node.tag === tag);

/** Text between two tags keeps the spaces that part it from them. */
const sayText = (text: string): string =>
  `${/^\s/.test(text) ? ' ' : ''}${escapeMarkdown(text, MOST_LETTERS)}${/\s$/.test(text) ? ' ' : ''}`;

/** Words of a part without its markup; `br` becomes the one that a cell of a table takes. */
function sayWords(nodes: readonly Node[]): string {
  const parts = nodes.map((node) => {
    if (!isElement(node)) return sayText(node);
    if (node.tag === 'br') return '<br>';
    if (isLeftOut(node)) return '';
    const words = sayWords(node.inside);
    if (node.tag === 'strong') return ` **${words}** `;
    return ['small', 'span', 'time', 'li'].includes(node.tag) ? ` ${words} ` : words;
  });
  return parts.join('').replace(/ {2,}/g, ' ').trim();
}

function writeTable({ inside }: Element): string {
  const rows = (part: string) =>
    childrenOf(childrenOf(inside, part)[0]?.inside ?? [], 'tr').map((row) =>
      row.inside.filter(isElement).map((cell) => sayWords(cell.inside)),
    );
  const [head = []] = rows('thead');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const caption = sayWords(childrenOf(inside, 'caption')[0]?.inside ?? []);
  return [`**${caption}**`, '', line(head), line(head.map(() => '---')), ...rows('tbody').map(line)].join(
    '\n',
  );
}

const writeTerms = ({ inside }: Element): string =>
  childrenOf(inside, 'div')
    .map(({ inside: pair }) => {
      const [term, said] = [childrenOf(pair, 'dt')[0], childrenOf(pair, 'dd')[0]];
      const list = childrenOf(said?.inside ?? [], 'ul')[0];
      const words =
        list === undefined
          ? sayWords(said?.inside ?? [])
          : childrenOf(list.inside, 'li')
              .map((one) => sayWords(one.inside))
              .join('; ');
      return `- **${sayWords(term?.inside ?? [])}**: ${words}`;
    })
    .join('\n');

const writeList = ({ tag, inside }: Element): string =>
  childrenOf(inside, 'li')
    .map((one, i) => `${tag === 'ol' ? `${i + 1}.` : '-'} ${sayWords(one.inside)}`)
    .join('\n');

/** What is folded away in the page is folded away here, too: GitHub and GitLab take these two tags. */
const writeFold = ({ inside }: Element): string => {
  const [summary] = childrenOf(inside, 'summary');
  const rest = inside.filter((node) => node !== summary);
  return `<details><summary>${sayWords(summary?.inside ?? [])}</summary>\n\n${writeBlocks(rest)}\n\n</details>`;
};

const WRITERS: Readonly<Record<string, (element: Element) => string>> = {
  table: writeTable,
  dl: writeTerms,
  ul: writeList,
  ol: writeList,
  details: writeFold,
  p: ({ inside }) => sayWords(inside),
  h1: ({ inside }) => `# ${sayWords(inside)}`,
  h2: ({ inside }) => `## ${sayWords(inside)}`,
  h3: ({ inside }) => `### ${sayWords(inside)}`,
  figcaption: ({ inside: [title, ...finding] }) =>
    `**${sayWords(title === undefined || !isElement(title) ? [] : title.inside)}** ${sayWords(finding)}`,
};

/** Parts of a report as blocks of Markdown; whatever people and vendors wrote is escaped. */
export function writeBlocks(nodes: readonly Node[]): string {
  const blocks = nodes.map((node) => {
    if (!isElement(node)) return escapeMarkdown(node.trim(), MOST_LETTERS);
    if (isLeftOut(node)) return '';
    return WRITERS[node.tag]?.(node) ?? writeBlocks(node.inside);
  });
  return blocks.filter((block) => block !== '').join('\n\n');
}
