import type { Timed } from '../../services/web/port.ts';
import type { TimedWrite } from '../../steps/app/smoke/timed-write.ts';

const HEAD = 'endpoint,intended_ms,start_ms,connect_ms,ttfb_ms,end_ms,status,error,reused,loop_lag_ms';

type Row = Pick<Timed, 'lane' | 'intendedMs' | 'startMs' | 'endMs' | 'status' | 'error' | 'isCut'> &
  Partial<Pick<Timed, 'connectMs' | 'firstByteMs' | 'reused' | 'lagMs'>>;

const ms = (value: number | null | undefined): string => value?.toFixed(3) ?? '';

const write = (one: Row): string =>
  [
    one.lane,
    ms(one.intendedMs),
    ms(one.startMs),
    ms(one.connectMs),
    ms(one.firstByteMs),
    ms(one.endMs),
    one.status ?? '',
    one.error ?? (one.isCut ? 'cut' : ''),
    one.reused ?? '',
    ms(one.lagMs),
  ].join(',');

/**
 * One line an answer, in the order of their moments; ids and kinds of errors need no quotes. A call that writes has no
 * fixed moments and is not watched byte by byte: it was meant to leave when it left, and four columns stay empty.
 */
export function makeSamplesCsv(lanes: readonly Timed[], writes: readonly TimedWrite[]): string {
  const all: readonly Row[] = [...lanes, ...writes.map((one) => ({ ...one, intendedMs: one.startMs }))];
  const rows = [...all].sort((a, b) => a.intendedMs - b.intendedMs).map(write);
  return `${[HEAD, ...rows].join('\n')}\n`;
}
