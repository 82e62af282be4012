import { cutLine, NARROW, roomOf, type ScreenLook, wrapLine } from './draw-text.ts';
import type { Alarm } from './scene.ts';

function paintHead(text: string, { level, isLoud }: Alarm, { paint }: ScreenLook): string {
  if (!isLoud) return text;
  return level === 'P0' || level === 'P1' ? paint.alarm(text) : paint.bold(text);
}

function markOf({ isLoud }: Alarm, { ascii }: ScreenLook): string {
  if (isLoud) return ascii ? '####' : '████';
  return ascii ? '----' : '────';
}

/** Whole words in at most `most` lines; only the last of them is cut, where there is no room for all. */
function wrapTo(text: string, width: number, most: number, look: ScreenLook): readonly string[] {
  const lines = wrapLine(text, width, look);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), cutLine(lines.slice(most - 1).join(' '), width, look)];
}

function drawHead(alarm: Alarm, most: number, look: ScreenLook): readonly string[] {
  const mark = markOf(alarm, look);
  return wrapTo(alarm.head, roomOf(look) - 9, most, look).map(
    (line, i) => ` ${paintHead(` ${i === 0 ? mark : '    '} ${line} `, alarm, look)}`,
  );
}

/**
 * What people have to answer, in at most `most` lines of whole words. The head and the keys stay on the smallest screen; what has
 * no room between them is seen to be missing.
 */
export function drawAlarm(alarm: Alarm, most: number, look: ScreenLook): readonly string[] {
  const indent = look.columns < NARROW ? 3 : 7;
  const width = roomOf(look) - indent;
  const hasKeys = alarm.keys !== '';
  // Where there is little room the clocks come before the rest of a long head.
  const high = most < 6 ? 1 : 2;
  const head = drawHead(alarm, high, look);
  const keys = hasKeys ? wrapTo(alarm.keys, width, high, look) : [];
  const room = Math.max(0, most - head.length - keys.length);
  const lines = alarm.lines.flatMap((line) => wrapLine(line, width, look));
  const shown = lines.length > room && room > 1 ? [...lines.slice(0, room - 1), '…'] : lines.slice(0, room);
  return [...head, ...[...shown, ...keys].map((line) => ' '.repeat(indent) + cutLine(line, width, look))];
}
