import { type Comparison, countSame, type ParityRules } from './compare-sides.ts';
import type { AreaName, DifferenceKind } from './likeness.ts';

/** One difference, as the finding keeps it. */
export interface ToldDifference {
  readonly key: string;
  readonly kind: DifferenceKind;
  readonly said: string;
  readonly left?: string;
  readonly right?: string;
}

interface ToldArea {
  readonly name: AreaName;
  readonly same: number;
  readonly total: number;
  readonly weight: number;
  readonly diffs: readonly ToldDifference[];
  readonly expected: readonly string[];
  readonly note?: string;
}

/** The whole comparison as plain data: evidence of the finding, and result of `release parity --json`. */
export interface ParityEvidence {
  readonly between: readonly [string, string];
  /** null: nothing was compared. */
  readonly score: number | null;
  readonly threshold: number;
  readonly floor: number;
  readonly areas: readonly ToldArea[];
  /** Paths of the differences that are never acceptable. */
  readonly unacceptable: readonly string[];
  readonly accepted: readonly string[];
  readonly warnings: readonly string[];
  readonly ignored: readonly string[];
}

/** What a comparison is kept as; it holds names and versions, and no value of any variable. */
export function makeEvidence(
  comparison: Comparison,
  between: readonly [string, string],
  weights: ParityRules['weights'],
  { go, noGo }: { readonly go: number; readonly noGo: number },
): ParityEvidence {
  const areas = comparison.areas.map((area) => ({
    name: area.name,
    same: countSame(area),
    total: area.total,
    weight: weights[area.name] ?? 1,
    diffs: area.differences.map(({ path, ...rest }) => ({ key: path, ...rest })),
    expected: area.expected,
    ...(area.note === undefined ? {} : { note: area.note }),
  }));
  return {
    between,
    score: comparison.percent ?? null,
    threshold: go,
    floor: noGo,
    areas,
    unacceptable: comparison.unacceptable.map(({ path }) => path),
    accepted: comparison.accepted,
    warnings: comparison.warnings,
    ignored: comparison.ignored,
  };
}
