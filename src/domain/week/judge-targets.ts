import type { Band } from '../watch/rule.ts';
import { type Judged, type Read, readingOf } from './judge-readings.ts';

/** What of a rule makes it a target. */
export interface TargetRule {
  readonly needed: boolean;
  readonly against?: string | undefined;
  readonly bands: readonly Band[];
}

/** The mildest bound that is no success, in the time after the critical minutes; undefined: bounds that move are no target. */
export function targetOf({ against, bands }: TargetRule): Band | undefined {
  return against === undefined
    ? bands.find(({ level, during }) => level === 'hold' && during !== 'critical')
    : undefined;
}

/** One line of the table: the worst reading beside its target. */
function judgeOne(rule: string, { from, below }: Band, values: readonly number[]): Judged {
  const worst = below === undefined ? Math.max(...values) : Math.min(...values);
  const isDone = below === undefined ? worst < (from ?? 0) : worst >= below;
  const bound = below === undefined ? `< ${from}` : `≥ ${below}`;
  return { isDone, said: `${rule} ${worst} (${isDone ? '' : 'not '}${bound})` };
}

/**
 * Each figure beside its target, at its worst of all looks of a time. Done is the comparison when every look of
 * that time was taken, all that has to be known was measured, and every target was met: the rest is for people to weigh.
 */
export function judgeTargets(
  rules: Readonly<Record<string, TargetRule>>,
  span: readonly number[],
  all: readonly Read[],
): Judged {
  const looks = all.filter(({ hour }) => span.includes(hour));
  const taken = looks.filter(({ verdict }) => verdict === 'clean' || verdict === 'above');
  const rows = Object.entries(rules).flatMap(([name, rule]): readonly Judged[] => {
    const target = targetOf(rule);
    const values = taken.flatMap((look) => readingOf(look, name) ?? []);
    if (target === undefined || (values.length === 0 && !rule.needed)) return [];
    return values.length === 0
      ? [{ isDone: false, said: `${name} not measured` }]
      : [judgeOne(name, target, values)];
  });
  const above = looks
    .filter(({ verdict }) => verdict === 'above')
    .map(({ hour, level }) => `hour ${hour} ${level}`);
  const table = [...rows.map(({ said }) => said), ...above].join(', ');
  const isWhole = span.length > 0 && taken.length === span.length;
  const isDone = isWhole && rows.length > 0 && above.length === 0 && rows.every((row) => row.isDone);
  return { isDone, said: `worst of ${taken.length} in ${span.length} looks: ${table}` };
}
