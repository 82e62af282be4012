import { readingOf, sayReadings } from '../domain/week/judge-readings.ts';
import { type TargetRule, targetOf } from '../domain/week/judge-targets.ts';
import { MEASURES } from '../domain/week/measures.ts';
import type { Week } from '../ledger/fold-week.ts';
import { padTo, wrapWords } from './table.ts';

type Rules = Readonly<Record<string, TargetRule>>;

/** At the end of the watch, and in each look that counts. */
function valuesOf(rule: string, { figures, looks }: Week): readonly number[] {
  const first = figures[rule];
  return [
    ...(typeof first === 'number' ? [first] : []),
    ...looks.flatMap((look) => readingOf(look, rule) ?? []),
  ];
}

function sayTarget(rule: TargetRule): string {
  const { from, below } = targetOf(rule) ?? {};
  if (from !== undefined) return `, target < ${from}`;
  return below === undefined ? '' : `, target ≥ ${below}`;
}

function sayRule(name: string, rule: TargetRule, week: Week): string {
  const values = valuesOf(name, week);
  return values.length === 0
    ? `${name} not measured yet`
    : `${sayReadings(name, values)} in ${values.length}${sayTarget(rule)}`;
}

function sayMeasure(wanted: readonly string[], rules: Rules, week: Week): string {
  const said = wanted.flatMap((name) => {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    return rule === undefined ? [] : [sayRule(name, rule, week)];
  });
  return said.length === 0
    ? `not measured here: no source (no rule ${wanted.join(' or ')})`
    : said.join('; ');
}

const LABEL = 10;

/** What is to be read on and on, with its readings since users came; what nobody measures is named (CMM rows). */
export const sayMeasures = (env: string, week: Week, rules: Rules): string[] => [
  '',
  `${env}: measured since ${week.version} went out: first → last (lowest to highest) in so many readings`,
  ...MEASURES.flatMap(({ row, what, rules: wanted }) =>
    wrapWords(`${what}: ${sayMeasure(wanted, rules, week)}`, 80 - LABEL - 2).map(
      (line, i) => `  ${padTo(i === 0 ? row : '', LABEL)}${line}`,
    ),
  ),
];
