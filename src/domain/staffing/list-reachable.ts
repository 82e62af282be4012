import type { Span } from '../calendar/calendar.ts';
import { addDays, dateAt, daysBetween, weekdayOf } from '../calendar/dates.ts';
import { firstMoment } from '../calendar/first-moment.ts';
import { cutOut } from '../calendar/spans.ts';
import type { Hours, Member } from './member.ts';

/** Every turn of these hours that touches the span; one that began the evening before does. */
function listTurns({ days, from, to, zone }: Hours, span: Span): Span[] {
  const first = addDays(dateAt(span.from, zone), -1);
  const count = daysBetween(first, dateAt(span.to, zone)) + 1;
  const dates = Array.from({ length: count }, (_, i) => addDays(first, i));
  return dates
    .filter((date) => days.includes(weekdayOf(date)))
    .map((date) => ({
      from: firstMoment(date, from, zone),
      to: firstMoment(to > from ? date : addDays(date, 1), to, zone),
    }));
}

/** When somebody can be reached within a span. Pieces may overlap; they may reach beyond the span. */
function listReachable({ hours, away, zone }: Member, span: Span): readonly Span[] {
  const turns = hours === undefined ? [span] : hours.flatMap((one) => listTurns(one, span));
  const absences = away.map(({ from, to }) => ({
    from: firstMoment(from, '00:00', zone),
    to: firstMoment(addDays(to, 1), '00:00', zone),
  }));
  return cutOut(turns, absences);
}

/** The stretches of a span in which none of these people can be reached, in order. */
export const findGaps = (members: readonly Member[], span: Span): readonly Span[] =>
  cutOut(
    [span],
    members.flatMap((one) => listReachable(one, span)),
  );

/** True when somebody can be reached at this moment. */
export const isReachable = (member: Member, at: number): boolean =>
  findGaps([member], { from: at, to: at + 1 }).length === 0;
