import { describe, expect, it } from 'vitest';
import type { Level } from '../../../src/domain/watch/rule.ts';
import type { Seen } from '../../../src/report/watch-screen/make-metrics.ts';
import { makeNear } from '../../../src/report/watch-screen/make-near.ts';

const timeOf = (level: Level, haveMs: number) => ({
  ...{ level, row: `RBC-${level}-1`, series: 'POST /pay', bound: 5, haveMs, needMs: 300_000 },
});
const bands = [{ level: 'P0', row: 'RBC-P0-1', from: 5, dwellMinutes: 5 }];
const seenWith = (building: Level, fired?: Level): Seen =>
  ({
    state: { rule: { id: 'error-percent', unit: 'percent', bands } },
    view: {
      ...{ id: 'error-percent', title: 'Failed requests', unit: 'percent', value: 29.8, series: 'POST /pay' },
      ...{ knowledge: 'measured', level: fired ?? 'ok', building: timeOf(building, 190_000) },
      fired: fired && timeOf(fired, 300_000),
    },
  }) as unknown as Seen;

const shown = (seen: Seen): string[] => makeNear([seen], 'critical').map(({ what }) => what);

describe('the rules that are closest to firing', () => {
  it('RBC-P0-1: are those whose bound is met and has not lasted yet', () => {
    expect(shown(seenWith('P0'))).toEqual(['P0 error rate POST /pay']);
    expect(shown(seenWith('P0', 'P1'))).toEqual(['P0 error rate POST /pay']);
  });

  it('RBC-P0-1: are none that has called already, although another source has not seen it for long enough', () => {
    expect(shown(seenWith('P0', 'P0'))).toEqual([]);
    expect(shown(seenWith('P1', 'P0'))).toEqual([]);
  });
});
