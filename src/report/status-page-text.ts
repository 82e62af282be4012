import { plural } from '../domain/plural.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { StatusIncident } from '../services/statuspage/port.ts';
import { ageOf, type Moment, row } from './status-rows.ts';

const sayOne = ({ state, at, title, text, run, link }: StatusIncident, moment: Moment): string[] => {
  const age = Number.isNaN(Date.parse(at)) ? '' : `   ${ageOf(at, moment)} ago`;
  return [
    ...row(state, `${oneLine(title, 120)}${age}`),
    ...(text === '' ? [] : row('', `"${oneLine(text, 300)}"`)),
    ...row('', link === undefined ? run : `${run}   ${oneLine(link, 120)}`),
  ];
};

/** What customers read, newest first. `incidents` undefined: the page cannot be asked. */
export function sayIncidents(
  env: string,
  incidents: readonly StatusIncident[] | undefined,
  resolved: readonly StatusIncident[],
  moment: Moment,
): string {
  const told = resolved.length === 0 ? [] : [`✔ told: resolved, ${plural(resolved.length, 'incident')}`];
  if (incidents === undefined)
    return [...told, `The status page of ${env} takes what it is told and cannot be asked.`].join('\n');
  if (incidents.length === 0)
    return [...told, `The status page of ${env} tells no incident of ours.`].join('\n');
  const lines = incidents.slice(0, 5).flatMap((one) => sayOne(one, moment));
  return [...told, `Status page of ${env}, newest first:`, '', ...lines].join('\n');
}
