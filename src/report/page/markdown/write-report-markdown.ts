import type { Report } from '../report.ts';
import { writeHeadline } from '../sections/headline.ts';
import { listSections } from '../write-page.ts';
import { type Node, readMarkup } from './read-markup.ts';
import { writeBlocks } from './write-node.ts';

/** Their folded tables have a row for every stretch: too much for an issue or the summary of a step. */
const WITHOUT_FOLDS = ['errors', 'latency', 'other'];

const withoutFolds = (nodes: readonly Node[]): readonly Node[] =>
  nodes.flatMap((node): readonly Node[] => {
    if (typeof node === 'string') return [node];
    return node.tag === 'details' ? [] : [{ ...node, inside: withoutFolds(node.inside) }];
  });

/**
 * The report as Markdown, for an issue, a chat or the summary of a step: the words and tables of the page, each picture as its
 * finding. The entries of the ledger and the numbers of the measurements stay in the page.
 */
export function writeReportMarkdown(report: Report, sections = listSections(report)): string {
  const told = sections.filter(({ id }) => id !== 'record');
  const parts = told.map(({ id, title, body }) => {
    const nodes = readMarkup(body.text);
    return `## ${title}\n\n${writeBlocks(WITHOUT_FOLDS.includes(id) ? withoutFolds(nodes) : nodes)}`;
  });
  return `${[writeBlocks(readMarkup(writeHeadline(report).text)), ...parts].join('\n\n')}\n`;
}
