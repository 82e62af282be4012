import type { Command, Fence, RunbookDocument, Section, Spot, Statement } from './document.ts';

export const ROLLBACK = /\b(roll(ing|ed)?[- ]?back|back[- ]?out|revert(ing)?|restore)\b/i;
export const DEPLOY =
  /(?<!pre-|post-)\b(deploy\w*|release day|go[- ]?live|cut[- ]?over|roll[- ]?out|ship(ping)?)\b/i;
export const TEST = /\b(smoke|tests?|testing|verif\w*|health|checks?|validat\w*)\b/i;
export const MESSAGES = /\b(communicat\w*|announce\w*|messages?|templates?|notif\w*)\b/i;

/** True when one of the headings above a place has such words. */
export const isUnder = ({ path }: Section, words: RegExp): boolean => path.some((title) => words.test(title));

/** The heading of the second level that a place is below; its own, where there is none. */
const chapterOf = ({ path }: Section): string => path.slice(0, 2).join(' > ');

export const isSameChapter = (one: Section, other: Section): boolean => chapterOf(one) === chapterOf(other);

/** A text that people are to send: it stands in a fence and runs nowhere. */
export const isMessage = ({ kind, section, lang }: Fence): boolean =>
  kind === 'text' && (isUnder(section, MESSAGES) || lang === 'markdown' || lang === '');

/** A line with its place: prose and what stands in fences alike. */
export interface Line extends Spot {
  readonly text: string;
  readonly section: Section;
}

const fenceLines = (fence: Fence): readonly Line[] =>
  fence.lines.map((text, i) => ({
    text,
    line: fence.line + 1 + i,
    col: Math.max(0, text.search(/\S/)) + 1,
    section: fence.section,
  }));

/** Lines of the texts that people send. */
export const messageLines = ({ fences }: RunbookDocument): readonly Line[] =>
  fences.filter(isMessage).flatMap(fenceLines);

/** What people are to do, in order: prose, and lines of blocks that are no message. */
export const workLines = ({ fences, statements }: RunbookDocument): readonly Line[] =>
  [...statements, ...fences.filter((fence) => !isMessage(fence)).flatMap(fenceLines)].sort(
    (a, b) => a.line - b.line,
  );

export const somewhere = (lines: readonly Pick<Line, 'text'>[], words: RegExp): boolean =>
  lines.some(({ text }) => words.test(text));

/** What is done on the way out to production, in order; neither the way back nor a try on staging. */
export const deploySteps = (document: RunbookDocument): readonly Line[] =>
  workLines(document).filter(
    ({ section }) =>
      isUnder(section, DEPLOY) &&
      ![ROLLBACK, MESSAGES, /\bstaging\b/i].some((other) => isUnder(section, other)),
  );

/** Commands that somebody runs to find something out. */
export const checkCommands = ({ commands }: RunbookDocument): readonly Command[] =>
  commands.filter(({ section }) => isUnder(section, TEST));

/** The host of the first address in a command; undefined without one. */
export const hostOf = ({ text }: Pick<Command, 'text'>): string | undefined =>
  /https?:\/\/([^\s/"'$]+)/.exec(text)?.[1]?.toLowerCase();

/** By name, or because the configuration says so. */
export const isProductionHost = (host: string | undefined, known: readonly string[]): boolean =>
  host !== undefined && (known.includes(host) || /\b(prod|production|live)\b/.test(host));

/** Statements that say who does it, by a label: `Owner: …`. */
export const labelled = (statements: readonly Statement[], label: RegExp): readonly Statement[] =>
  statements.filter((one) => label.test(one.label));

/** What stands behind a label. */
export const saidBehind = ({ text, label }: Statement): string =>
  text
    .slice(text.indexOf(label) + label.length)
    .replace(/^:?\s*/, '')
    .trim();
