import { makePaint } from '../../../src/report/color.ts';
import type { ScreenLook } from '../../../src/report/watch-screen/draw-text.ts';
import type { MetricRow, WatchScene } from '../../../src/report/watch-screen/scene.ts';

export const look = (columns: number, rows: number, more: Partial<ScreenLook> = {}): ScreenLook => ({
  ...{ columns, rows, ascii: false, paint: makePaint(false), ...more },
});

const metric = (
  name: string,
  now: string | undefined,
  limit: string,
  more: Partial<MetricRow> = {},
): MetricRow => ({
  ...{
    name,
    now,
    limit,
    bound: 4,
    trail: [1, 1, 2, 1, undefined, 3, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  },
  ...{ standing: 'good', said: 'ok', why: '', ...more },
});

export const calm: WatchScene = {
  ...{ title: 'SANDBOX  release watch v2.1.0', env: 'production', isProtected: true },
  ...{ elapsedMs: 22 * 60_000, totalMs: 120 * 60_000 },
  ...{
    word: 'HEALTHY',
    standing: 'good',
    said: 'nothing above its limit',
    message: 'next message 10:45 EDT',
  },
  alarms: [],
  metrics: [
    metric('error rate', '0.3 %', '0.5 %'),
    metric('p95', '185 ms', '200 ms', { standing: 'near', said: '92 % of its limit' }),
    metric('p99', '420 ms', '500 ms'),
    metric('payments ok', '100 %', '98 %', { trail: Array(20).fill(100), bound: 98 }),
    metric('logins failed', undefined, '0.1 %', {
      ...{ standing: 'unknown', said: 'unknown', why: 'no samples for 4 min', trail: [] },
    }),
  ],
  quiet: 6,
  near: [
    { what: 'P0 error rate POST /pay', reading: '6.2 % ≥ 5 %', time: { haveMs: 190_000, needMs: 300_000 } },
    { what: 'hold p95', reading: 'needs 200 ms for 5 min, has 185 ms', time: undefined },
  ],
  recent: ['  10:41:20  ok    p95-ms  back within its limits'],
  keys: [
    { key: 'n', does: 'note' },
    { key: 'm', does: 'send update' },
    { key: 'q', does: 'leave' },
  ],
  typing: undefined,
};

export const burning: WatchScene = {
  ...calm,
  ...{ word: 'ROLL BACK (P0)', standing: 'bad', said: 'error rate' },
  alarms: [
    {
      ...{ level: 'P0', isLoud: true },
      head: 'ROLL BACK (P0)   error rate POST /pay for 5 min',
      lines: [
        'begin within 4 min 10 s, by 10:52:00',
        'On-call starts it alone',
        'how long a rollback takes here is not known',
      ],
      keys: 'r  roll back now to v2.0.3   w  keep watching (say why)',
    },
  ],
};
