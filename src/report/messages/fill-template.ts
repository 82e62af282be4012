import { Liquid, type Template, UndefinedVariableError } from 'liquidjs';
import { ReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import { oneLine } from '../../domain/screen-text.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { TemplateSource } from './template-file.ts';

/** Stands where a variable had no value; the whole line goes with it. No text can hold it: it is a control character. */
const NOTHING = '\u0000';
const LONGEST_VALUE = 400;

const PUNCTUATION = /[!-/:-@[-`{-~]/g;

/**
 * Without the stars that a changelog or a commit has for bold: a value is words. Two stars that are no bold, as in a path,
 * stay two to the eye, with a joiner between that keeps every reader from taking them for one.
 */
const dropStars = (words: string): string =>
  words
    .replace(/(^|[\s(["'])\*\*(?=[^\s*])([^*]*[^\s*])\*\*(?=$|[\s)\]"'.,:;!?])/g, '$1$2')
    .replace(/\*(?=\*)/g, '*\u2060');

/** A value as Markdown that means exactly this text: no link, no mention, no tag, no second line (T12–T14). */
export function quoteValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  const flat = oneLine(Array.isArray(value) ? value.join(', ') : String(value), LONGEST_VALUE);
  return flat === '' ? NOTHING : dropStars(flat).replace(PUNCTUATION, '\\$&');
}

/** A person's name, and for Slack the member id from the configuration: the only way to a mention (E-94). */
function quotePerson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return quoteValue(value);
  const { name, slack } = value as { name?: unknown; slack?: unknown };
  const isMember = typeof slack === 'string' && /^[UW][A-Z0-9]{2,}$/.test(slack);
  return isMember ? `[${quoteValue(name)}](mention:${slack})` : quoteValue(name);
}

/** A link; nothing when there is no address or it is not http(s). */
function quoteLink(address: unknown, label: string): string {
  const isWeb = typeof address === 'string' && /^https?:\/\/[^\s<>]{1,1000}$/.test(address);
  return isWeb ? `[${quoteValue(label)}](${address.replace(PUNCTUATION, '\\$&')})` : NOTHING;
}

/** A line to be typed: as it is, in a code span that nothing in it can end. */
function quoteCode(value: unknown): string {
  const flat = typeof value === 'string' ? oneLine(value, LONGEST_VALUE).replaceAll('`', "'") : '';
  return flat === '' ? NOTHING : `\`${dropStars(flat)}\``;
}

function makeEngine(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    // Nothing can be included: no file system, no other template.
    templates: {},
    outputEscape: quoteValue,
    parseLimit: 100_000,
    renderLimit: 2000,
    memoryLimit: 10_000_000,
  });
  engine.registerFilter('person', { raw: true, handler: quotePerson });
  engine.registerFilter('code', { raw: true, handler: quoteCode });
  engine.registerFilter('link', { raw: true, handler: quoteLink });
  return engine;
}

const engine = makeEngine();

const parsed = new Map<string, Template[]>();

/** A template is read once, whatever it is filled with. */
function parse(source: string): Template[] {
  const known = parsed.get(source) ?? engine.parse(source);
  parsed.set(source, known);
  return known;
}

const placeOf = (error: unknown): { readonly line: number; readonly col: number } => {
  const position = (error as { token?: { getPosition?: () => number[] } }).token?.getPosition?.();
  return { line: position?.[0] ?? 1, col: position?.[1] ?? 1 };
};

function unreadable(template: TemplateSource, error: unknown, known: readonly string[]): ReleaseError {
  const at = { file: template.shown, ...placeOf(error) };
  const where = `${at.file}:${at.line}:${at.col}`;
  if (error instanceof UndefinedVariableError) {
    const name = (/undefined variable: (\S+?),?(?:\s|$)/.exec(error.message)?.[1] ?? '').slice(0, 80);
    return new ReleaseError('E_TEMPLATE_VARIABLE', {
      what: `${where}  There is no variable "${name}" in this message.${didYouMean(name, known)}`,
      next: 'Correct the name in the template.',
      state: 'untouched',
      at,
    });
  }
  const said = error instanceof Error ? oneLine(error.message, 200) : 'unknown problem';
  return new ReleaseError('E_TEMPLATE_SYNTAX', {
    what: `${where}  The template cannot be read.`,
    why: said,
    next: 'Correct the template.',
    state: 'untouched',
    at,
  });
}

/**
 * The template with the view's values as Markdown. A line whose variable has no value is left out. Values are never
 * read as a template. Throws E_TEMPLATE_VARIABLE or E_TEMPLATE_SYNTAX with line and column.
 */
export function fillTemplate(template: TemplateSource, view: JsonObject): string {
  try {
    const filled: string = engine.renderSync(parse(template.source), view);
    return filled
      .split('\n')
      .filter((line) => !line.includes(NOTHING))
      .join('\n');
  } catch (error) {
    throw unreadable(template, error, Object.keys(view));
  }
}

/** Names of the variables that a template reads, found without rendering it. */
export function listVariables(template: TemplateSource): readonly string[] {
  try {
    const full = engine.globalFullVariablesSync(template.source);
    return [...new Set(full.map((name) => name.split(/[.[]/)[0] ?? name))].sort();
  } catch (error) {
    throw unreadable(template, error, []);
  }
}
