import type { RuleState } from './judge-rule.ts';
import type { Knowledge } from './knowledge.ts';
import type { Level } from './rule.ts';

interface Said {
  readonly level: Level;
  readonly row: string | undefined;
  /** Why it holds, where no band says it. */
  readonly why: Knowledge | undefined;
}

/** What was told last of each rule: a line is written when it is no longer so. */
export class Told {
  private readonly last = new Map<RuleState, Said>();

  /** Whether a rule stands otherwise than it was told last. */
  isNews(state: RuleState): boolean {
    const { level, worst, knowledge } = state;
    const row = worst?.band.row;
    const why = level === 'hold' && row === undefined ? knowledge : undefined;
    const last = this.last.get(state);
    if (last !== undefined && last.level === level && last.row === row && last.why === why) return false;
    this.last.set(state, { level, row, why });
    return last !== undefined || level !== 'ok';
  }
}
