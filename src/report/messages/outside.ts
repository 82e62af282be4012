import type { Moment } from '../../domain/moment.ts';
import { splitPlan, stepsOf } from './story.ts';

const TELL = 'statuspage.tell';

/** What customers read on the status page, by the record of this run; said also where nobody tells them (E-89). */
export function sayStatusPage(moment: Moment): string {
  const planned = stepsOf(moment, TELL);
  if (planned.length === 0) return 'none is configured; tell customers yourselves';
  const { before } = splitPlan(moment);
  const passed = planned.filter((entry) => before.includes(entry));
  const last = passed.at(-1);
  if (last === undefined) return 'customers are told by this run';
  const said = moment.facts[last.name];
  if (said === undefined) return `NOT told ("${last.title}" did not go through); tell customers yourselves`;
  const link = typeof said.link === 'string' ? `, ${said.link}` : '';
  const open = said.state === 'monitoring' ? '; "resolved" follows when the rollback is confirmed' : '';
  return `says "${said.state}"${link}${open}`;
}
