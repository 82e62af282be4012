import { sayDuration } from '../../domain/duration.ts';
import { oneLine } from '../../domain/screen-text.ts';
import type { RunState } from '../../ledger/fold.ts';
import { markdownText } from '../messages/markdown-text.ts';
import { sayClock, sayDay } from '../messages/times.ts';

const safe = (text: string): string => markdownText.text(oneLine(text, 300));

function sayEntry(
  { entries }: RunState,
  { name, title }: RunState['plan']['entries'][number],
  zone: string,
): string {
  const entry = entries[name];
  if (entry?.state === 'done')
    return `- ${safe(title)}: done ${sayClock(entry.at, zone)}, ${sayDuration(entry.tookMs)}`;
  if (entry?.state === 'warned') return `- ${safe(title)}: **not done**, ${safe(entry.said)}`;
  return `- ${safe(title)}: ${entry?.state ?? 'nothing is recorded'}`;
}

/** What a run did, step by step, with its times (HOO-30). */
export function writeSummary(run: RunState, zone: string): string {
  const { plan, actor, host, startedAt, endedAt, said } = run;
  const took =
    endedAt === undefined ? 'has not ended' : sayDuration(Date.parse(endedAt) - Date.parse(startedAt));
  return [
    `# Deployment of ${safe(plan.version)}`,
    '',
    `${safe(plan.from || 'no version')} → ${safe(plan.version)} on ${safe(plan.env)}, ${sayDay(startedAt, zone)}, ${sayClock(startedAt, zone)}, ${took}, by ${safe(actor)} on ${safe(host)}, run ${safe(run.run)}. ${safe(said)}`,
    '',
    ...plan.entries
      .filter((entry) => entry.kind !== 'step' || entry.effect !== 'read')
      .map((entry) => sayEntry(run, entry, zone)),
  ].join('\n');
}
