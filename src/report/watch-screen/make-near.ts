import { minutes, sayDuration } from '../../domain/duration.ts';
import { type Band, isWorse, type Phase, rankOf } from '../../domain/watch/rule.ts';
import type { BandTime } from '../../domain/watch/view-rule.ts';
import type { Seen } from './make-metrics.ts';
import { sayAmount, sayName, sayPlace, sayReading } from './say-metric.ts';
import type { NearRow } from './scene.ts';

/** More than these nobody reads. */
const MOST = 3;

const leftOf = ({ haveMs, needMs }: BandTime): number => needMs - haveMs;

function makeBuilding({ state: { rule }, view }: Seen, building: BandTime): NearRow {
  const isFloor = rule.bands.some(
    ({ row, level, from }) => row === building.row && level === building.level && from === undefined,
  );
  const reading = view.series === building.series ? (sayReading(view, rule) ?? '') : '';
  return {
    what: `${building.level} ${sayName(rule.id)}${sayPlace(building.series)}`,
    reading: `${reading} ${isFloor ? '<' : '≥'} ${sayAmount(building.bound, rule)}`.trim(),
    time: { haveMs: building.haveMs, needMs: building.needMs },
  };
}

/** Those that are met: what calls for most comes first, then what has least time left. */
function listBuilding(all: readonly Seen[]): readonly NearRow[] {
  return all
    .flatMap((seen) => {
      const { building, fired } = seen.view;
      // Of two sources one may have seen enough: the rule calls, and is not close to it.
      const least = fired !== undefined && isWorse(fired.level, 'P3') ? fired.level : 'P3';
      return building !== undefined && isWorse(building.level, least) ? [{ seen, building }] : [];
    })
    .sort(
      (a, b) =>
        rankOf(b.building.level) - rankOf(a.building.level) || leftOf(a.building) - leftOf(b.building),
    )
    .map(({ seen, building }) => makeBuilding(seen, building));
}

interface Share {
  readonly seen: Seen;
  readonly band: Band;
  readonly share: number;
}

/** How near a reading is to the nearest band above it, as a share of its bound. */
function nearestOf(seen: Seen, phase: Phase): Share[] {
  const { rule } = seen.state;
  const { value, knowledge, fired, building } = seen.view;
  if (value === undefined || knowledge !== 'measured' || fired !== undefined || building !== undefined)
    return [];
  const bands = rule.bands.filter(
    ({ level, during, from }) =>
      isWorse(level, 'P3') && from !== undefined && (during === undefined || during === phase),
  );
  return bands
    .map((band) => ({ seen, band, share: value / (band.from ?? 1) }))
    .filter(({ share }) => share > 0 && share < 1)
    .sort((a, b) => b.share - a.share)
    .slice(0, 1);
}

function makeNext({ seen, band }: Share): NearRow {
  const { rule } = seen.state;
  const wait = band.dwellMinutes === 0 ? 'once' : `for ${sayDuration(minutes(band.dwellMinutes))}`;
  return {
    what: `${band.level} ${sayName(rule.id)}${sayPlace(seen.view.series)}`,
    reading: `needs ${sayAmount(band.from ?? 0, rule)} ${wait}, has ${sayReading(seen.view, rule) ?? '?'}`,
    time: undefined,
  };
}

/** The rules that are closest to firing: those that are met, then those whose reading is nearest to a bound. */
export function makeNear(all: readonly Seen[], phase: Phase): readonly NearRow[] {
  const building = listBuilding(all).slice(0, MOST);
  const next = all
    .flatMap((seen) => nearestOf(seen, phase))
    .sort((a, b) => b.share - a.share)
    .map(makeNext);
  return [...building, ...next.slice(0, Math.max(0, MOST - 1 - building.length))];
}
