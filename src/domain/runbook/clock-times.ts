const CLOCK = /\b(\d{1,2}):(\d{2})\s*(AM|PM)?/i;

/** Minutes after midnight of the first clock time in a text; undefined without one. */
export function readClock(text: string): number | undefined {
  const [, hour, minute, half] = CLOCK.exec(text) ?? [];
  if (hour === undefined) return undefined;
  const isAfternoon = half?.toUpperCase() === 'PM';
  const of24 = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  return of24 * 60 + Number(minute);
}

/** Minutes from one time of a day to a later one; negative when it is earlier. */
export const minutesApart = (from: number, to: number): number => to - from;
