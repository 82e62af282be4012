import type { Catalogue } from '../catalogue.ts';
import { acrossEnvironments } from './across-environments.ts';
import { compareKeys } from './compare-keys.ts';
import { compareNode } from './compare-node.ts';
import { comparePackages } from './compare-packages.ts';
import { compareSchema } from './compare-schema.ts';
import { compareSettings } from './compare-settings.ts';
import type { Area, AreaName, Difference, DifferenceKind, Side } from './likeness.ts';
import type { Touch } from './touch.ts';

/** What a comparison goes by. */
export interface ParityRules {
  /** How much one thing of an area counts; 1 where nothing is said. */
  readonly weights: Readonly<Partial<Record<AreaName, number>>>;
  /** Paths that are left out; a `*` stands for anything. */
  readonly ignore: readonly string[];
  /** Names of variables that production must have. */
  readonly required: readonly string[];
}

/** Staging and production side by side, without what the release itself changes. */
export interface Comparison {
  readonly areas: readonly Area[];
  /** 0 to 100; undefined when nothing was compared. */
  readonly percent: number | undefined;
  /** Differences that no score makes up for. */
  readonly unacceptable: readonly Difference[];
  readonly accepted: readonly string[];
  readonly warnings: readonly string[];
  readonly ignored: readonly string[];
}

/** A variable that only production has does no harm to a release; everything else may (E-53). */
const HARMLESS: readonly DifferenceKind[] = ['extra-variable'];

/** Things that are alike in an area. */
export const countSame = ({ total, differences }: Area): number => Math.max(0, total - differences.length);

const matches = (path: string, pattern: string): boolean => {
  const parts = pattern.split('*');
  if (parts.length === 1) return path === pattern;
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (!path.startsWith(first) || !path.endsWith(last) || path.length < first.length + last.length)
    return false;
  let at = first.length;
  return parts.slice(1, -1).every((part) => {
    const found = path.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
};

/** What is left out is neither alike nor different: it was not compared. */
function leaveOut(area: Area, ignore: readonly string[]): Area {
  const differences = area.differences.filter(({ path }) => !ignore.some((one) => matches(path, one)));
  const total = Math.max(area.total, area.differences.length);
  return { ...area, differences, total: total - (area.differences.length - differences.length) };
}

/**
 * The score: things alike of all things compared, in percent. A weight makes every thing of an area count so many times.
 * undefined when nothing was compared, which is no likeness.
 */
export function scoreAreas(areas: readonly Area[], weights: ParityRules['weights']): number | undefined {
  const sum = (count: (area: Area) => number): number =>
    areas.reduce((all, area) => all + (weights[area.name] ?? 1) * count(area), 0);
  const total = sum((area) => area.total);
  return total > 0 ? (100 * sum(countSame)) / total : undefined;
}

/**
 * Compares two environments. `touches`: what the migrations do that the second one has yet to apply; `rehearsed`: the
 * schema that a rehearsal of them came to, where there is one.
 */
export function compareSides(
  left: Side,
  right: Side,
  touches: readonly Touch[],
  { weights, ignore, required }: ParityRules,
  rehearsed?: Catalogue,
): Comparison {
  const across = acrossEnvironments(left, right);
  const after = rehearsed && acrossEnvironments(left, { ...right, catalogue: rehearsed });
  const all = [
    compareNode(left, right),
    comparePackages(left, right),
    compareKeys(left, right, required),
    compareSchema(
      { ...left, catalogue: (after ?? across).left },
      { ...right, catalogue: across.right },
      touches,
      after?.right,
    ),
  ];
  const areas = all.map((area) => leaveOut(area, ignore));
  const open = areas.flatMap(({ differences }) => differences);
  const found = all.flatMap(({ differences }) => differences);
  const settings = compareSettings(left, right);
  const rights = across.lone.length === 0 ? [] : [`rights of ${across.lone.join(', ')}`];
  return {
    areas,
    percent: scoreAreas(areas, weights),
    unacceptable: open.filter(({ kind }) => !HARMLESS.includes(kind)),
    ...settings,
    accepted: [...settings.accepted, ...rights],
    ignored: found.filter((one) => !open.includes(one)).map(({ path }) => path),
  };
}
