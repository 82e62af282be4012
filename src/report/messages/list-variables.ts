import type { JsonObject } from '../../domain/json.ts';
import { listVariables } from './fill-template.ts';
import { readTemplate } from './template-file.ts';
import { type Source, sourceOf } from './variable-sources.ts';

/** A variable of a message as it is at this moment. */
export interface FilledVariable {
  readonly name: string;
  /** `asked`: a person gave it with --set. */
  readonly source: Source | 'asked';
  readonly where: string;
  /** Undefined: it has none, and its line is left out. */
  readonly value: string | undefined;
  /** The line of the template that names it first, from 1. */
  readonly line: number;
}

function sayValue(value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(sayValue).join(', ');
  if (typeof value !== 'object') return String(value);
  const { name, title, role, text } = value as Readonly<Record<string, unknown>>;
  return String(name ?? title ?? role ?? text ?? '');
}

const lineOf = (source: string, name: string): number =>
  source.split('\n').findIndex((line) => new RegExp(`\\{[{%][^}]*\\b${name}\\b`).test(line)) + 1;

/** Every variable that the template reads, with its value and where that comes from. `given`: what a person set. */
export function fillVariables(
  template: string,
  view: JsonObject,
  given: JsonObject,
  projectRoot?: string,
): readonly FilledVariable[] {
  const file = readTemplate(template, projectRoot);
  return listVariables(file).map((name) => {
    const { source, where } = sourceOf(name) ?? { source: 'person' as const, where: '' };
    const value = sayValue(view[name]);
    const isAsked = name in given || (name === 'data_sentence' && 'data_loss' in given);
    return { name, source: isAsked ? 'asked' : source, where, value, line: lineOf(file.source, name) };
  });
}
