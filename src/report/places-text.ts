import type { Finding } from '../domain/finding.ts';
import type { Json } from '../domain/json.ts';
import { oneLine } from '../domain/screen-text.ts';
import { type Place, placesOf } from './files/places.ts';
import { wrapWords } from './table.ts';

const MOST = 12;

const isTold = ({ level }: Place): boolean => level !== 'note';

function sayPlace({ file, line, column, rule, message }: Place, width: number): readonly string[] {
  const said = wrapWords(oneLine(message, 300), width - 2).map((text) => `  ${text}`);
  return [`${oneLine(`${file}:${line}:${column}`)}  ${oneLine(rule)}`, ...said];
}

/** Every place of a finding, each with its rule and what is to be done; none for a finding without places. */
export function sayPlaces(finding: Finding, width: number): readonly string[] {
  const places = placesOf(finding).filter(isTold);
  const more = places.length > MOST ? [`and ${places.length - MOST} more; all are in --json`] : [];
  return [...places.slice(0, MOST).flatMap((place) => sayPlace(place, width)), ...more];
}

interface LineToPaste {
  readonly file: string;
  readonly line: string;
}

function isLine(value: unknown): value is LineToPaste {
  const { file, line } = (value ?? {}) as Partial<LineToPaste>;
  return typeof file === 'string' && typeof line === 'string';
}

function linesOf(evidence: Json | undefined): readonly LineToPaste[] {
  const { paste } = (evidence ?? {}) as { readonly paste?: unknown };
  return Array.isArray(paste) ? paste.filter(isLine) : [];
}

/** Lines to put into files, whole, so that they can be copied; none when there is nothing to allow. */
export function sayLinesToPaste(findings: readonly Finding[]): readonly string[] {
  const lines = findings.flatMap(({ evidence }) => linesOf(evidence)).slice(0, MOST);
  if (lines.length === 0) return [];
  const told = lines.flatMap(({ file, line }) => [`  ${oneLine(file)}`, `  ${oneLine(line)}`]);
  return ['', '  If it is meant, put into the file, with the reason:', ...told];
}
