import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { didYouMean } from '../../domain/suggest.ts';
import { SLACK_LIMITS } from '../slack-blocks.ts';
import { fillTemplate, listVariables } from './fill-template.ts';
import { plainText } from './plain-text.ts';
import type { TemplateSource } from './template-file.ts';
import { readMessage, titleOf, writeMessage } from './write-message.ts';

/** One thing that is wrong in a template, at its place. Lines and columns count from 1. */
export interface TemplateProblem {
  readonly line: number;
  readonly col: number;
  readonly severity: 'error' | 'warn';
  readonly message: string;
}

/** The same message full and empty: where everything has a value, and where nothing has. */
export interface SampleViews {
  readonly full: JsonObject;
  readonly empty: JsonObject;
}

/** UTF-8 that was read as Mac Roman, or that is no UTF-8 (E-92). */
const GARBLED = /‚(?:ú|Ñ|ö|è)|Ô∏è|ü[\u0080-\u{10ffff}]|\uf8ff|\ufffd/u;

const error = (line: number, col: number, message: string): TemplateProblem => ({
  ...{ line, col, message },
  severity: 'error',
});

/** Every place at which the template reads this variable. */
function findUses(source: string, name: string): readonly { readonly line: number; readonly col: number }[] {
  const use = new RegExp(`(\\{[{%][^}]*?\\b)(${name})\\b`, 'g');
  return source
    .split('\n')
    .flatMap((text, i) =>
      [...text.matchAll(use)].map((hit) => ({ line: i + 1, col: hit.index + (hit[1]?.length ?? 0) + 1 })),
    );
}

function lintNames(template: TemplateSource, { full }: SampleViews): readonly TemplateProblem[] {
  const known = Object.keys(full);
  return listVariables(template)
    .filter((name) => !known.includes(name))
    .flatMap((name) =>
      findUses(template.source, name).map(({ line, col }) =>
        error(line, col, `there is no variable "${name}" in this message.${didYouMean(name, known)}`),
      ),
    );
}

function lintCharacters({ source }: TemplateSource): readonly TemplateProblem[] {
  return source.split('\n').flatMap((text, i) => {
    const hit = GARBLED.exec(text);
    return hit === null ? [] : [error(i + 1, hit.index + 1, 'a garbled character: save the file as UTF-8')];
  });
}

/** A title goes with its line, and a message without one has nothing to be known by. */
function lintTitle(template: TemplateSource, views: SampleViews): readonly TemplateProblem[] {
  const titleIn = (view: JsonObject): string | undefined =>
    titleOf(writeMessage(readMessage(fillTemplate(template, view)), plainText));
  const full = titleIn(views.full);
  if (full === undefined) return [error(1, 1, 'there is no title: begin with a line like "# Release"')];
  const line = template.source.split('\n').findIndex((text) => text.startsWith('# ')) + 1;
  if (titleIn(views.empty) === undefined)
    return [error(line, 1, 'the title rests on a variable that can be without a value; it would go with it')];
  if (full.length <= SLACK_LIMITS.header) return [];
  const message = `the title has ${full.length} characters; Slack shows ${SLACK_LIMITS.header}`;
  return [{ ...error(line, 1, message), severity: 'warn' }];
}

function lintLength(template: TemplateSource, { full }: SampleViews): readonly TemplateProblem[] {
  const { length } = fillTemplate(template, full);
  if (length <= SLACK_LIMITS.total) return [];
  const message = `with long lists it has ${length} characters, and is cut at ${SLACK_LIMITS.total}`;
  return [{ ...error(1, 1, message), severity: 'warn' }];
}

/** A template that cannot be read at all, or that reads a part that a value does not have. */
function lintReading(
  template: TemplateSource,
  work: () => readonly TemplateProblem[],
): readonly TemplateProblem[] {
  try {
    return work();
  } catch (failure) {
    if (!isReleaseError(failure)) throw failure;
    const { what, why, at } = failure.text;
    const said = [what.replace(/^\S+:\d+:\d+\s+/, ''), why].filter(Boolean).join(' ');
    return [
      error(at?.line ?? 1, at?.col ?? 1, `${template.shown}: ${said}`.replace(`${template.shown}: `, '')),
    ];
  }
}

/**
 * Everything that is wrong with a template, in its order: unknown variables wherever they stand, garbled characters, a
 * title that could be missing, and what Slack would cut (E-92, E-105, E-107).
 */
export function lintTemplate(template: TemplateSource, views: SampleViews): readonly TemplateProblem[] {
  const characters = lintCharacters(template);
  const names = lintReading(template, () => lintNames(template, views));
  const rest =
    names.length > 0
      ? []
      : lintReading(template, () => [...lintTitle(template, views), ...lintLength(template, views)]);
  return [...characters, ...names, ...rest].sort((a, b) => a.line - b.line || a.col - b.col);
}
