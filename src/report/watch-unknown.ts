import { oneLine } from '../domain/screen-text.ts';
import type { RuleState } from '../domain/watch/judge-rule.ts';
import type { Heard } from '../domain/watch/knowledge.ts';
import type { Shown } from '../domain/watch/proof.ts';
import { wrapWords } from './table.ts';

const WHY: Readonly<Partial<Record<Heard['telling'], string>>> = {
  never: 'never answered',
  silent: 'fell silent',
  nothing: 'told nothing',
  thin: 'too few samples',
  uncounted: 'does not tell how many samples (samples, of a query)',
};

/** What a rule that is not known lacks, source by source. */
export function listReasons({ rule, heard, knowledge }: RuleState): readonly string[] {
  const lacking = heard.flatMap(({ source, telling }) => {
    const why = WHY[telling];
    return why === undefined ? [] : [`${oneLine(source)} ${why}`];
  });
  if (lacking.length > 0) return lacking;
  // A single endpoint may have too few samples where its source has enough.
  if (knowledge === 'thin') return ['too few samples of one of its series'];
  const isCompared = heard.length > 0 && rule.against === 'baseline';
  return [isCompared ? 'no baseline of what is measured' : 'nothing tells'];
}

/** By source and reason, the rules that it leaves open. */
function findOpen(states: readonly RuleState[]): ReadonlyMap<string, string[]> {
  const open = new Map<string, string[]>();
  for (const state of states)
    if (state.knowledge === 'unknown' || state.knowledge === 'thin')
      for (const why of listReasons(state)) open.set(why, [...(open.get(why) ?? []), state.rule.id]);
  return open;
}

/** What is not known at the end of a watch, source by source: nobody may take it for good. Nothing where all is known. */
export const sayUnknown = (states: readonly RuleState[]): readonly string[] =>
  [...findOpen(states)].flatMap(([why, rules]) =>
    wrapWords(`? ${why}: ${rules.join(', ')}`, 74).map((line) => `  ${line}`),
  );

const percent = (share: number): string => `${Number(share.toFixed(2))} %`;

/** A rule that fires at nothing and is not shown to be good: `? login-failure-percent: not shown yet: 0 of 1800 may be 0.17 %, limit 0.1 %`. */
export const sayUnproven = ({ rule, k, n, upTo, limit }: Shown): string =>
  `  ? ${rule}: not shown yet: ${k} of ${n} may be ${percent(upTo)}, limit ${percent(limit)}`;
