import { sayClock } from '../../domain/calendar/say-moment.ts';
import { sayDuration } from '../../domain/duration.ts';
import { isReleaseError } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { TemplateName } from '../../domain/template-names.ts';
import { type Live, plannedEnd } from './live.ts';
import { postInThread } from './post-in-thread.ts';

/** People hear of an earlier version that is back where they heard of the rollback. */
const templateOf = ({ watched }: Live): TemplateName =>
  watched.plan?.command === 'rollback' ? 'rollback-progress' : 'release-progress';

/** An update that is due. Times in ms since 1970; `lateMs`: 0 when it is in time. */
export interface DueUpdate {
  readonly nth: number;
  readonly at: number;
  readonly dueAt: number;
  readonly lateMs: number;
}

function sayLate({ dueAt, lateMs }: DueUpdate, zone: string): string | null {
  if (lateMs === 0) return null;
  return `due at ${sayClock(dueAt, zone)}, posted ${sayDuration(lateMs)} late`;
}

function watchingOf(update: DueUpdate, live: Live): JsonObject {
  const { timezone } = live.wired.runbook;
  return {
    late: sayLate(update, timezone),
    asOf: sayClock(update.at, timezone),
    next: [`Monitoring until ${sayClock(plannedEnd(live), timezone)}`],
  };
}

const sayChannels = (told: readonly string[]): string =>
  told.map((one) => `#${one.replace(/^#/, '')}`).join(', ');

/** Posts an update and records it. False where nobody was told; never rejects for Slack's sake. */
export async function postUpdate(update: DueUpdate, live: Live): Promise<boolean> {
  const { recorder, run, watched, context, wired } = live;
  const step = `watch.update.${run}.${update.nth}`;
  const template = templateOf(live);
  const message = { template, step, isRepeated: false, notes: {} } as const;
  const { told, errors } = await postInThread({ ...message, watching: watchingOf(update, live) }, live);
  for (const error of errors)
    if (isReleaseError(error)) context.out.note(`  an update was not posted: ${error.text.what}`);
  if (told.length === 0) return false;
  const data = { template, version: watched.version, channels: told };
  recorder.event({ id: `${run}:told:${update.nth}`, run, type: 'watch.told', data });
  const late = sayLate(update, wired.runbook.timezone);
  context.out.note(`  ✔ an update was posted in ${sayChannels(told)}${late === null ? '' : `; ${late}`}`);
  return true;
}
