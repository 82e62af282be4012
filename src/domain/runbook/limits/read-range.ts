import type { Range } from './limit.ts';

/** A range with its unit; times are in ms, shares of a baseline in multiples of it. */
export interface ReadRange {
  readonly range: Range;
  readonly unit: string;
}

const NUMBER = String.raw`(\d+(?:[.,]\d+)?)`;
const UNIT = String.raw`\s*(%|percent\b|ms\b|milliseconds?\b|s\b|sec(?:onds?)?\b|min(?:utes?)?\b|h(?:ours?)?\b|x\b|×|times\b)?`;

const ABOVE = `>|above|over|more than|greater than|exceeds?|exceeding`;
const BELOW = `<|below|under|less than|fewer than|lower than`;
const AT_LEAST = `>=|≥|at least|from|minimum(?: of)?|no less than`;
const AT_MOST = `<=|≤|at most|up to|maximum(?: of)?|no more than`;

const SPAN = new RegExp(String.raw`${NUMBER}\s*%?\s*(?:[-–—]|to)\s*${NUMBER}${UNIT}`, 'i');
const WITHIN = new RegExp(String.raw`within\s+${NUMBER}${UNIT}\s+of\b`, 'i');
const WITHIN_TIMES = new RegExp(String.raw`within\s+${NUMBER}\s*(x|×|times)(?=\W|$)`, 'i');
const PLUS = new RegExp(String.raw`${NUMBER}${UNIT}\s*\+`, 'i');
const BOUND = new RegExp(
  String.raw`(?<![\w-])(${AT_LEAST}|${AT_MOST}|${ABOVE}|${BELOW})\s*${NUMBER}${UNIT}`,
  'gi',
);

const MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };

/** The unit as limits have it, and what its numbers are multiplied by. */
function unitOf(word: string | undefined): { readonly unit: string; readonly by: number } {
  const text = (word ?? '').toLowerCase();
  if (text === '') return { unit: '', by: 1 };
  if (text === '%' || text === 'percent') return { unit: '%', by: 1 };
  if (/^(x|×|times)$/.test(text)) return { unit: 'x', by: 1 };
  if (/^m(s|illi)/.test(text)) return { unit: 'ms', by: 1 };
  return { unit: 'ms', by: MS[text.charAt(0)] ?? 1 };
}

const numberOf = (text: string | undefined): number => Number((text ?? '').replace(',', '.'));

const isWord = (word: string, pattern: string): boolean => new RegExp(`^(?:${pattern})$`, 'i').test(word);

function boundOf(word: string, value: number): Range {
  const all: Range = {
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    lowEdge: 'out',
    highEdge: 'out',
  };
  if (isWord(word, AT_LEAST)) return { ...all, low: value, lowEdge: 'in' };
  if (isWord(word, AT_MOST)) return { ...all, high: value, highEdge: 'in' };
  return isWord(word, ABOVE) ? { ...all, low: value } : { ...all, high: value };
}

const meet = (one: Range, other: Range): Range => ({
  ...(one.low > other.low
    ? { low: one.low, lowEdge: one.lowEdge }
    : { low: other.low, lowEdge: other.lowEdge }),
  ...(one.high < other.high
    ? { high: one.high, highEdge: one.highEdge }
    : { high: other.high, highEdge: other.highEdge }),
});

/** Two bounds that look at each other (`≥ 1 % and < 2 %`) are one range. */
function fromBounds(text: string): ReadRange | undefined {
  const bounds = [...text.matchAll(BOUND)].map(([, word = '', value, unit]) => {
    const { unit: name, by } = unitOf(unit);
    return { range: boundOf(word, numberOf(value) * by), unit: name };
  });
  const [first, second] = bounds;
  if (first === undefined) return undefined;
  if (second === undefined || (second.unit !== first.unit && second.unit !== '')) return first;
  const both = meet(first.range, second.range);
  return both.low < both.high && Number.isFinite(both.low) && Number.isFinite(both.high)
    ? { range: both, unit: first.unit }
    : first;
}

function fromSpan(text: string): ReadRange | undefined {
  const [, low, high, word] = SPAN.exec(text) ?? [];
  const { unit, by } = unitOf(word);
  if (low === undefined || unit === '' || numberOf(low) >= numberOf(high)) return undefined;
  const edge = /\binclusive\b/i.test(text) ? 'in' : 'unstated';
  return {
    range: { low: numberOf(low) * by, high: numberOf(high) * by, lowEdge: edge, highEdge: edge },
    unit,
  };
}

const upTo = (high: number): Range => ({
  low: Number.NEGATIVE_INFINITY,
  high,
  lowEdge: 'out',
  highEdge: 'in',
});

function fromNearness(text: string): ReadRange | undefined {
  const times = WITHIN_TIMES.exec(text);
  if (times !== null) return { range: upTo(numberOf(times[1])), unit: 'x' };
  const share = WITHIN.exec(text);
  if (share === null || unitOf(share[2]).unit !== '%') return undefined;
  return { range: upTo(1 + numberOf(share[1]) / 100), unit: 'x' };
}

function fromPlus(text: string): ReadRange | undefined {
  const [, value, word] = PLUS.exec(text) ?? [];
  const { unit, by } = unitOf(word);
  if (value === undefined || unit === '') return undefined;
  return { range: { ...boundOf('>=', numberOf(value) * by) }, unit };
}

/** The first range that a text states; undefined where it states none. */
export const readRange = (text: string): ReadRange | undefined =>
  fromNearness(text) ??
  (/\binclusive\b/i.test(text) ? fromSpan(text) : undefined) ??
  fromBounds(text) ??
  fromSpan(text) ??
  fromPlus(text);
