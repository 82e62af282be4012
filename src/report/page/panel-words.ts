import { minutes, sayDuration } from '../../domain/duration.ts';
import { findWorst, type Peak, type Series, sumBroken } from '../chart/series.ts';
import type { RuleBound } from '../measured/list-bounds.ts';
import type { Html } from './html.ts';
import { type Panel, titleOf } from './panels.ts';
import { table } from './parts.ts';
import { sayNumber } from './peaks.ts';
import type { TimeWords } from './time-words.ts';

const sayValue = (value: number, unit: string): string => `${sayNumber(value)} ${unit}`.trim();

interface Worst {
  readonly line: Series;
  readonly peak: Peak;
}

const findWorstOf = ({ lines, read: { isFloor } }: Panel): Worst | undefined =>
  lines
    .flatMap((line): Worst[] => {
      const peak = findWorst(line.stretches, isFloor);
      return peak === undefined ? [] : [{ line, peak }];
    })
    .sort((a, b) => (isFloor ? a.peak.value - b.peak.value : b.peak.value - a.peak.value))[0];

/** For how long the bound was met and, where nothing called, how long it has to be for its rule to call. */
function sayMet(
  { level, value, dwellMinutes, isFloor }: RuleBound,
  line: Series,
  panel: Panel,
  has: boolean,
) {
  const met = `${isFloor ? 'below' : 'at or above'} the bound of ${level} (${sayValue(value, panel.read.unit)})`;
  const wait =
    has || dwellMinutes === 0 ? '' : `, which calls after ${sayDuration(minutes(dwellMinutes))} at a stretch`;
  return `${met} for ${sayDuration(sumBroken(line, value, isFloor))}${wait}`;
}

/**
 * How a series stands to the bounds: the worst reading, and for how long the gravest bound that it met was met. `called`: rows that
 * called for it.
 */
export function sayFinding(panel: Panel, called: readonly string[], words: TimeWords): string {
  const { bounds, read } = panel;
  const worst = findWorstOf(panel);
  if (worst === undefined) return 'Nothing was measured.';
  const { line, peak } = worst;
  const extreme = `${read.isFloor ? 'Lowest' : 'Highest'} ${sayValue(peak.value, read.unit)} at ${words.exact(peak.at)}`;
  const gravest = bounds
    .filter(({ value }) => (read.isFloor ? peak.value < value : peak.value >= value))
    .at(-1);
  if (gravest === undefined)
    return `${extreme}; ${bounds.length === 0 ? 'no rule judges it' : 'within every bound'}.`;
  return `${extreme}; ${sayMet(gravest, line, panel, called.includes(gravest.row))}.`;
}

function rowOf(panel: Panel, words: TimeWords): readonly string[] {
  const { lines, bounds, read } = panel;
  const stretches = lines.flatMap((line) => line.stretches);
  const times = stretches.map(({ at }) => at);
  const [from, to] = [words.exact(Math.min(...times)), words.exact(Math.max(...times))];
  const [mildest] = bounds;
  const bound =
    mildest === undefined
      ? ''
      : `${mildest.level} ${mildest.isFloor ? 'below ' : ''}${sayValue(mildest.value, read.unit)}`;
  return [
    titleOf(panel),
    lines.map(({ source }) => source).join(', '),
    from === to ? `${from} alone` : `${from} – ${to}`,
    sayValue(Math.min(...stretches.map(({ lowest }) => lowest)), read.unit),
    sayValue(Math.max(...stretches.map(({ highest }) => highest)), read.unit),
    bound,
  ];
}

/** What stayed far from every bound: a picture of it would be a flat line. */
export const writeFar = (panels: readonly Panel[], words: TimeWords): Html =>
  table(
    'Less than half of the way to any bound',
    ['What', 'By', 'Measured', 'Lowest', 'Highest', 'Nearest bound'],
    panels.map((panel) => rowOf(panel, words)),
    [3, 4, 5],
    'named-blocks',
  );
