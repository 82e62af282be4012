import type { Moment } from '../../domain/moment.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import { startedAt } from './story.ts';
import { minutesBetween, sayMinutes } from './times.ts';

/** Those that answer the message which opened the thread. */
const REPLIES: readonly TemplateName[] = [
  'release-progress',
  'rollback-progress',
  'rollback-confirmed',
  'decision-needed',
  'incident',
];

/**
 * What a reply begins with where there is no thread to find it in: `v2.1.0 · T+15 min` (E-95). Null in a thread, and for
 * what stands for itself.
 */
export function sayFlat(template: TemplateName, moment: Moment): string | null {
  const { version } = moment.plan;
  if (moment.canThread || version === '' || !REPLIES.includes(template)) return null;
  const started = startedAt(moment);
  const plus = started === undefined ? '' : ` · T+${sayMinutes(minutesBetween(started, moment.now))}`;
  return `${version}${plus}`;
}
