import type { Timed } from '../../services/web/port.ts';

const HEAD = 'endpoint,intended_ms,start_ms,connect_ms,ttfb_ms,end_ms,status,error,reused,loop_lag_ms';

const ms = (value: number | null): string => (value === null ? '' : value.toFixed(3));

/** One line an answer, in the order of their moments; ids and kinds of errors need no quotes. */
export function makeSamplesCsv(timed: readonly Timed[]): string {
  const rows = [...timed]
    .sort((a, b) => a.intendedMs - b.intendedMs)
    .map((one) =>
      [
        one.lane,
        ms(one.intendedMs),
        ms(one.startMs),
        ms(one.connectMs),
        ms(one.firstByteMs),
        ms(one.endMs),
        one.status ?? '',
        one.error ?? (one.isCut ? 'cut' : ''),
        one.reused,
        ms(one.lagMs),
      ].join(','),
    );
  return `${[HEAD, ...rows].join('\n')}\n`;
}
