import { column, cutLine, roomOf, type ScreenLook } from './draw-text.ts';
import type { NearRow } from './scene.ts';
import { drawBar } from './sparkline.ts';

/** From so many columns on there is room for a bar. */
const WITH_BAR = 60;
const BAR = 9;

/** `3:10`. */
const sayClock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** A band can be met for long enough and still not be sure: then it says so. */
const sayTime = ({ haveMs, needMs }: NonNullable<NearRow['time']>): string =>
  haveMs < needMs
    ? `${sayClock(haveMs)} of ${sayClock(needMs)}`
    : `${sayClock(haveMs)} of ${sayClock(needMs)}, not sure yet`;

function sayEnd({ time, reading }: NearRow, look: ScreenLook): string {
  if (time === undefined) return reading;
  const share = time.needMs === 0 ? 1 : time.haveMs / time.needMs;
  const bar = look.columns >= WITH_BAR ? `${drawBar(share, BAR, look.ascii)} ` : '';
  return `${reading}  ${bar}${sayTime(time)}`;
}

/** `  P0 error rate  POST /pay   6.2 % > 5 %  ▓▓▓▓▓▓░░░ 3:10 of 5:00`. */
export function drawNear(row: NearRow, look: ScreenLook): string {
  const room = roomOf(look) - 2;
  const end = cutLine(sayEnd(row, look), room - 8, look);
  const what = Math.max(6, Math.min(room - end.length - 2, look.columns >= 100 ? 50 : 34));
  const text = `  ${column(row.what, what, look)}  ${end}`;
  return row.time === undefined ? look.paint.dim(text) : text;
}
