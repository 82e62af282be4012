import { sayDayOf } from '../domain/calendar/say-moment.ts';
import type { DatedPlan } from '../domain/prepare/lay-out-days.ts';
import { dayLines } from './day-lines.ts';
import { noteLines } from './note-lines.ts';

/** Another day for what is prepared, ready to be shown before anybody agrees. */
export interface MoveStory {
  readonly version: string;
  readonly sandbox: boolean;
  readonly service: string;
  readonly candidate: string;
  readonly branch: string;
  readonly commit: string;
  /** The day before; undefined: none was planned. */
  readonly was: string | undefined;
  readonly dated: DatedPlan;
  readonly zone: string;
}

/** The move as people read it: what stays, the day, and the days from T-7 to T+7 that come with it. */
export function writeMove(story: MoveStory): string {
  const { version, sandbox, service, candidate, branch, commit, was, dated, zone } = story;
  const before = was === undefined ? 'none was planned before' : `it was ${sayDayOf(was)}`;
  return [
    `release prepare ${version}    ${sandbox ? 'SANDBOX  ' : ''}${service}`,
    '',
    ...noteLines(['candidate', `${candidate} stays, at the tip of ${branch} (${commit.slice(0, 7)})`]),
    ...noteLines(['day', `${sayDayOf(dated.day)}; ${before}`]),
    ...noteLines(['changelog', 'its section keeps its date: the candidate stays as it was tested']),
    ...dayLines(dated, zone),
  ].join('\n');
}
