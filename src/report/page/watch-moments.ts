import type { Measured } from '../measured/collect-series.ts';
import type { Moment } from './draw/time-axis.ts';
import { listCalls } from './find-call.ts';
import type { Report } from './report.ts';

const MARKS = { live: 'the version was proven', open: 'users came' };
const MOST = 8;

/**
 * The moments by which measurements are read, by the clock of the watch: when the version was proven, when users came, when rules
 * called, and, where that clock is the ledger's, when the rollback began and ended.
 */
export function momentsOf({ marks, span, isOfLedger }: Measured, { story }: Report): readonly Moment[] {
  const calls = listCalls(story.events).flatMap(({ fired, severity, rule, series }) =>
    fired === undefined ? [] : [{ at: fired, said: `${severity} called: ${rule} at ${series}` }],
  );
  const { rollback } = story;
  const back = rollback && [
    { at: Date.parse(rollback.startedAt), said: `rollback to ${rollback.plan.version} begun` },
    { at: Date.parse(rollback.endedAt ?? ''), said: `rollback to ${rollback.plan.version} ended` },
  ];
  const all = [
    ...marks.map(({ at, mark }) => ({ at, said: MARKS[mark] })),
    ...calls,
    ...(isOfLedger ? (back ?? []) : []),
  ];
  return all
    .filter(({ at }) => at >= span[0] && at <= span[1])
    .sort((a, b) => a.at - b.at)
    .slice(0, MOST);
}
