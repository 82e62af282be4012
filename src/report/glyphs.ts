import type { Outcome } from '../domain/finding.ts';

export type Mark = Outcome | 'running' | 'stopped';

const UNICODE: Record<Mark, string> = {
  pass: '✔',
  warn: '▲',
  fail: '✖',
  skip: '○',
  unknown: '?',
  running: '◐',
  stopped: '⊘',
};

const ASCII: Record<Mark, string> = {
  pass: '[ok]',
  warn: '[warn]',
  fail: '[FAIL]',
  skip: '[skip]',
  unknown: '[??]',
  running: '[..]',
  stopped: '[stop]',
};

/** The sign of an outcome; never shown without its word or its place in a sentence (WCAG 1.4.1). */
export const glyph = (mark: Mark, ascii: boolean): string => (ascii ? ASCII : UNICODE)[mark];

/** Width that all signs of one set share, so that columns stay straight. */
export const glyphWidth = (ascii: boolean): number => (ascii ? 6 : 1);

const PLAIN: readonly [RegExp, string][] = [
  [/✔/g, '[ok]'],
  [/▲/g, '[warn]'],
  [/✖/g, '[FAIL]'],
  [/○/g, '[skip]'],
  [/◐/g, '[..]'],
  [/⊘/g, '[stop]'],
  [/[→▸]/g, '->'],
  [/·/g, '-'],
  [/…/g, '...'],
  [/[–—]/g, '-'],
  [/≤/g, '<='],
  [/≥/g, '>='],
  [/±/g, '+-'],
  [/≠/g, '!='],
  [/↔/g, '<->'],
  [/•/g, '*'],
  [/[█░]/g, '#'],
];

const ESCAPE = String.fromCharCode(27);
const FOREIGN = new RegExp(`[^\\n\\t\\x20-\\x7e${ESCAPE}]`, 'g');

/** Our own text for terminals that garble anything but ASCII; foreign letters become `?`; colour codes stay. */
export const toAscii = (text: string): string =>
  PLAIN.reduce((out, [pattern, by]) => out.replace(pattern, by), text).replace(FOREIGN, '?');
