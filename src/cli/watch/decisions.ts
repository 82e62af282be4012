import { type Level, rankOf } from '../../domain/watch/rule.ts';
import { doubtfully, type Live } from './live.ts';

/** What the measurements say for a decision; people decide (DP-3c, DP-4c). */
function sayMeasured(level: Level, good: string, otherwise: string): string {
  if (rankOf(level) <= rankOf('P3')) return `nothing measured speaks against ${good}`;
  return level === 'hold' ? `HOLD: not ${good} as it stands` : `${level} calls for ${otherwise}`;
}

function sayDecision(point: '3' | '4', measured: Level, live: Live): string[] {
  const { wired, doubt } = live;
  const level = doubtfully(measured, live);
  const decision = wired.runbook.decisions?.[point];
  if (decision === undefined) return [];
  const [good = 'GO', otherwise = 'NO-GO'] = decision.outcomes;
  return [
    `  ████ DECISION ${point}   ${decision.title}`,
    `       ${decision.roles.join(', ')}: ${decision.outcomes.join(' or ')}`,
    `       ${sayMeasured(level, good, otherwise)}`,
    ...(doubt === undefined ? [] : [`       ${doubt}`]),
  ];
}

/** Says each point of decision when it comes, T_open + 30 and + 120 minutes, and what was measured until then. */
export function makeDecisions(live: Live): () => void {
  const told = new Set<string>();
  return () => {
    const { decision3, decision4 } = live.tallying.tally();
    for (const [point, level] of [['3', decision3] as const, ['4', decision4] as const]) {
      if (level === undefined || told.has(point)) continue;
      told.add(point);
      for (const line of sayDecision(point, level, live)) live.context.out.note(line);
    }
  };
}
