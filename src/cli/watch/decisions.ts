import { type Level, rankOf } from '../../domain/watch/rule.ts';
import { doubtfully, type Live } from './live.ts';

/** A point of decision that has come. */
export interface DueDecision {
  readonly point: string;
  /** `DECISION 3   Did the critical minutes go well?` */
  readonly head: string;
  /** Who answers what, and what the measurements say of it. */
  readonly lines: readonly string[];
  readonly outcomes: readonly string[];
}

/** What the measurements say for a decision; people decide (DP-3c, DP-4c). */
function sayMeasured(level: Level, good: string, otherwise: string): string {
  if (rankOf(level) <= rankOf('P3')) return `nothing measured speaks against ${good}`;
  return level === 'hold' ? `HOLD: not ${good} as it stands` : `${level} calls for ${otherwise}`;
}

function makeDue(point: '3' | '4', measured: Level, live: Live): DueDecision | undefined {
  const { wired, doubt } = live;
  const level = doubtfully(measured, live);
  const decision = wired.runbook.decisions?.[point];
  if (decision === undefined) return undefined;
  const { title, roles, outcomes } = decision;
  const [good = 'GO', otherwise = 'NO-GO'] = outcomes;
  return {
    ...{ point, outcomes, head: `DECISION ${point}   ${title}` },
    lines: [
      `${roles.join(', ')}: ${outcomes.join(' or ')}`,
      sayMeasured(level, good, otherwise),
      ...(doubt === undefined ? [] : [doubt]),
    ],
  };
}

const say = ({ head, lines }: DueDecision, { context, screen }: Live): void => {
  // On a screen it stands as a block of its own, until somebody answers.
  const more = screen === undefined ? lines.map((line) => `       ${line}`) : [];
  for (const line of [`  ████ ${head}`, ...more]) context.out.note(line);
};

/** Says each point of decision when it comes, T_open + 30 and + 120 minutes, and what was measured until then. */
export function makeDecisions(live: Live): () => void {
  const told = new Set<string>();
  return () => {
    const { decision3, decision4 } = live.tallying.tally();
    for (const [point, level] of [['3', decision3] as const, ['4', decision4] as const]) {
      if (level === undefined || told.has(point)) continue;
      told.add(point);
      const due = makeDue(point, level, live);
      if (due === undefined) continue;
      live.due = due;
      say(due, live);
    }
  };
}
