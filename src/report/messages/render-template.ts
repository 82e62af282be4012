import type { JsonObject } from '../../domain/json.ts';
import type { SlackMessage } from '../../services/slack/port.ts';
import { cutAtLine, makeSlackBlocks, SLACK_LIMITS } from '../slack-blocks.ts';
import type { Dialect } from './dialect.ts';
import { fillTemplate, listVariables, quoteValue } from './fill-template.ts';
import { htmlText } from './html-text.ts';
import { markdownText } from './markdown-text.ts';
import { mrkdwn } from './mrkdwn.ts';
import { plainText } from './plain-text.ts';
import { readTemplate } from './template-file.ts';
import { type Piece, readMessage, titleOf, writeMessage } from './write-message.ts';

/** One message in every form it can be sent in. */
export interface RenderedMessage {
  /** Plain words of the first heading: a mail's subject. */
  readonly title: string;
  readonly slack: SlackMessage;
  readonly text: string;
  readonly markdown: string;
  readonly html: string;
}

const addToTitle = (line: string, before: readonly string[], after: readonly string[]): string => {
  const title = /^# (.*)$/.exec(line)?.[1];
  return `# ${[...before, [...(title === undefined ? [] : [title]), ...after].join(' ')].filter(Boolean).join(' · ')}`;
};

const isSaid = (mark: unknown): boolean => typeof mark === 'string' && mark.trim() !== '';

/** Put here and not in the templates, so that a project's own template cannot leave it out. */
function addMarks(markdown: string, view: JsonObject): string {
  const before = view.sandbox === true ? ['SANDBOX'] : [];
  const isLate = isSaid(view.sent_late);
  const after = view.repeated === true && !isLate ? ['(repeated after an interruption)'] : [];
  const late = isLate ? ['', `> ${quoteValue(view.sent_late)}`, ''] : [];
  const flat = isSaid(view.flat) ? [`> ${quoteValue(view.flat)}`, ''] : [];
  if (before.length + after.length + late.length + flat.length === 0) return markdown;
  const [first = '', ...rest] = markdown.trimStart().split('\n');
  const isTitle = first.startsWith('# ');
  const title = before.length + after.length > 0 || isTitle ? [addToTitle(first, before, after)] : [];
  return [...flat, ...title, ...late, ...(isTitle ? [] : ['', first]), ...rest].join('\n');
}

/** Pieces below each other; a list stands close to the line it belongs to. */
function join(all: readonly Piece[]): string {
  const pieces = all.filter((piece) => piece.written !== '');
  const gap = (index: number): string => {
    if (index === 0) return '';
    return pieces[index]?.kind === 'list' && pieces[index - 1]?.kind === 'text' ? '\n' : '\n\n';
  };
  return pieces.map(({ written }, index) => `${gap(index)}${written}`).join('');
}

/**
 * The message of a template. `projectRoot` is the folder of the configuration, whose `templates/` come first.
 * Throws E_TEMPLATE_UNKNOWN, E_TEMPLATE_VARIABLE, E_TEMPLATE_SYNTAX.
 */
export function renderTemplate(name: string, view: JsonObject, projectRoot?: string): RenderedMessage {
  const read = readMessage(addMarks(fillTemplate(readTemplate(name, projectRoot), view), view));
  const write = (dialect: Dialect): readonly Piece[] => writeMessage(read, dialect);
  const plain = write(plainText);
  const title = titleOf(plain);
  const text = join(plain);
  const blocks = makeSlackBlocks(title, write(mrkdwn));
  return {
    title: title ?? name,
    slack: { text: cutAtLine(text, SLACK_LIMITS.text), blocks },
    text,
    markdown: `${join(write(markdownText))}\n`,
    html: join(write(htmlText)),
  };
}

/** The variables a template reads, without rendering it. */
export const templateVariables = (name: string, projectRoot?: string): readonly string[] =>
  listVariables(readTemplate(name, projectRoot));
