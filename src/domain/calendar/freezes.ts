import type { Calendar, Freeze, Span } from './calendar.ts';
import { addDays } from './dates.ts';
import { firstMoment } from './first-moment.ts';
import { cutOut } from './spans.ts';

const isWholeDay = (moment: string): boolean => !moment.includes('T');

function momentOf(text: string, zone: string): number {
  const [date = '', clock = '00:00'] = text.split('T');
  return firstMoment(date, clock, zone);
}

const makeSpan = ({ from, to, zone }: Freeze): Span => ({
  from: momentOf(from, zone),
  to: momentOf(isWholeDay(to) ? addDays(to, 1) : to, zone),
});

// A look ahead asks for the same freezes on each of a year's days.
const spans = new WeakMap<Freeze, Span>();

/** From when to when a freeze lasts. */
export function spanOfFreeze(freeze: Freeze): Span {
  const span = spans.get(freeze) ?? makeSpan(freeze);
  spans.set(freeze, span);
  return span;
}

/** The freeze that covers a moment; of several the one that ends last. */
export function findFreeze({ freezes }: Calendar, at: number): Freeze | undefined {
  const over = freezes.filter((one) => isIn(spanOfFreeze(one), at));
  return over.sort((a, b) => spanOfFreeze(b).to - spanOfFreeze(a).to)[0];
}

const isIn = ({ from, to }: Span, at: number): boolean => at >= from && at < to;

/** What no freeze covers of a span. */
export const outsideFreezes = ({ freezes }: Calendar, span: Span): readonly Span[] =>
  cutOut([span], freezes.map(spanOfFreeze));
