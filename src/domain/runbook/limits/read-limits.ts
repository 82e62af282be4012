import type { RunbookDocument, Statement } from '../document.ts';
import type { Limit } from './limit.ts';
import { meaningOf } from './meaning-of.ts';
import { metricOf } from './metric-of.ts';
import { readRange } from './read-range.ts';

const DWELL =
  /\b(?:for|lasting|sustained(?: for)?|over)\s*(?:>|≥|>=|more than|at least|longer than)?\s*(\d+)\s*(s|sec|seconds?|m|min|minutes?|h|hours?)\b/i;
const MINUTES: Readonly<Record<string, number>> = { s: 1 / 60, m: 1, h: 60 };

/** A sentence that speaks of when, or of how often, and of no measurement. */
const withoutDwell = (text: string): string => text.replace(new RegExp(DWELL, 'gi'), ' ');

function dwellOf(text: string): number | undefined {
  const [, count, unit] = DWELL.exec(text) ?? [];
  return count === undefined
    ? undefined
    : Number(count) * (MINUTES[unit?.charAt(0).toLowerCase() ?? ''] ?? 1);
}

/** "API: P95 <200ms, P99 <500ms" is two limits of one line. */
const partsOf = (text: string): readonly string[] => text.split(/[,;](?=\s)/);

/** Hours of service, clock times and history are numbers of something else. */
const isOfTime = (unit: string, metric: string): boolean =>
  unit === 'ms' && !['query time', 'page load', 'P99', 'response time', 'replication lag'].includes(metric);

function readPart(text: string, { line, col, label, group, section, kind }: Statement): readonly Limit[] {
  const read = readRange(withoutDwell(text));
  const metric = metricOf(text, kind === 'cell' || label !== '' ? label : '');
  if (read === undefined || metric === undefined || isOfTime(read.unit, metric)) return [];
  const compared = /\b(of|than)?\s*(the )?baseline\b/i.test(text) && read.unit === '%' ? 'x' : read.unit;
  const meaning = /\btarget\b/i.test(text) ? undefined : meaningOf(group);
  return [
    {
      ...{ line, col, metric, meaning, group, section },
      unit: compared,
      range: read.range,
      dwell: dwellOf(text),
    },
  ];
}

/** Every number that the runbook holds a known metric against, in its order. Examples in messages are none. */
export const readLimits = ({ statements }: RunbookDocument): readonly Limit[] =>
  statements
    .filter(({ kind }) => kind !== 'heading')
    .flatMap((statement) => partsOf(statement.text).flatMap((part) => readPart(part, statement)));
