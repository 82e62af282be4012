import { describe, expect, it } from 'vitest';
import { Traffic } from '../../../src/sandbox/servers/host/traffic.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

describe('the measurements of the platform', () => {
  it('forget what is older than a day, and never what was before its sandbox began', () => {
    let now = 0;
    const traffic = new Traffic(() => now, 20 * MINUTE);
    const use = (minute: number): void => {
      now = minute * MINUTE;
      traffic.add({ route: 'GET /health', version: '2.0.3', failed: false, tookMs: 5 });
    };
    for (const minute of [0, 19, 20, 21]) use(minute);
    use(21 + DAY / MINUTE);
    now += MINUTE;
    const kept = traffic.since(0).map((one) => Date.parse((one as { minute: string }).minute) / MINUTE);
    expect(kept).toEqual([0, 19, 21, 21 + DAY / MINUTE]);
  });
});
