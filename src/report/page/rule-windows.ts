import type { Rule } from '../../domain/watch/rule.ts';
import type { Span } from '../chart/cut-line.ts';
import type { RuleWindow } from './draw/windows.ts';
import { listCalls } from './find-call.ts';
import type { Report } from './report.ts';
import { metricOf } from './unit-of.ts';

/** `at or above 5 % for 5 min`, of the band that called; empty where the configuration has none of that row any more. */
function sayBand({ bands, against, metric }: Rule, row: string, rules: readonly Rule[]): string {
  const band = bands.find((one) => one.row === row);
  if (band === undefined) return '';
  const bound = band.from === undefined ? `below ${band.below}` : `at or above ${band.from}`;
  const dwell = band.dwellMinutes === 0 ? '' : ` for ${band.dwellMinutes} min`;
  // Bounds that are multiples of a limit or of what was before have no unit of their own.
  const unit = against === undefined ? metricOf(rules, metric).unit : '×';
  return ` ${bound} ${unit}${dwell}`;
}

/** What a rule looked at when it called for a series: from the first reading that it counted until it called, as the watch recorded it. */
export function listWindows(
  rules: readonly Rule[],
  { metric, series }: { readonly metric: string; readonly series: string },
  [from, to]: Span,
  { story }: Report,
): readonly RuleWindow[] {
  return listCalls(story.events).flatMap((call) => {
    const rule = rules.find(({ id }) => id === call.rule);
    const { onset, fired, severity, row } = call;
    if (rule?.metric !== metric || call.series !== series || onset === undefined || fired === undefined)
      return [];
    if (onset > to || fired < from) return [];
    const label = `${severity} ${row}`;
    const said = `${label}${sayBand(rule, row, rules)}`;
    return [{ from: Math.max(from, onset), to: Math.min(to, fired), label, said }];
  });
}
