import type { JsonObject } from '../json.ts';
import { plural } from '../plural.ts';
import type { Looked } from './judge-success.ts';

/** A look with the reading of each rule at its end; null: not known. */
export interface Read extends Looked {
  readonly figures: JsonObject;
}

/** Whether what was seen does a task, and what was seen. */
export interface Judged {
  readonly isDone: boolean;
  readonly said: string;
}

/** What a look read of a rule; one that is unknown may have met another version, so that its figures count for nothing. */
export function readingOf({ verdict, figures }: Read, rule: string): number | undefined {
  const value = figures[rule];
  return (verdict === 'clean' || verdict === 'above') && typeof value === 'number' ? value : undefined;
}

const firedIn = ({ verdict, said }: Read, rule: string): boolean =>
  verdict === 'above' && said.split(', ').includes(rule);

/** `error-percent 0 → 0.1 (0 to 0.2)`: first and last, lowest and highest. */
export function sayReadings(rule: string, values: readonly number[]): string {
  const range = `${Math.min(...values)} to ${Math.max(...values)}`;
  return `${rule} ${values[0]} → ${values.at(-1)} (${range})`;
}

/**
 * Whether a rule was read in every look of a time, and called in none. Nothing that is missing counts as good, and neither does a
 * time that is not over. `span`: the hours at which looks are due.
 */
export function judgeReadings(rule: string, span: readonly number[], all: readonly Read[]): Judged {
  const looks = all.filter(({ hour }) => span.includes(hour));
  const values = looks.flatMap((look) => readingOf(look, rule) ?? []);
  const lacking = looks.length - values.length;
  const fired = looks.filter((look) => firedIn(look, rule)).map(({ hour }) => hour);
  const isOver = span.length > 0 && looks.length === span.length;
  const problems = [
    ...(lacking > 0 ? [`${rule} not measured in ${lacking} of ${plural(looks.length, 'look')}`] : []),
    ...(fired.length > 0 ? [`${rule} above its limit at hour ${fired.join(', ')}`] : []),
    ...(isOver ? [] : [`${looks.length} of ${plural(span.length, 'look')} so far`]),
  ];
  if (problems.length > 0) return { isDone: false, said: problems.join('; ') };
  const when = `hours ${span[0]} to ${span.at(-1)}`;
  return { isDone: true, said: `${plural(looks.length, 'look')}, ${when}: ${sayReadings(rule, values)}` };
}
