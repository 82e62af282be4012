import type { PlanEntry, PlannedStep } from '../../../domain/plan.ts';
import { isOver } from '../../../ledger/find-next-entry.ts';
import type { ByHand, Stopped } from './by-hand.ts';
import { codeByHand } from './code-by-hand.ts';
import { restoreByHand, revertByHand } from './data-by-hand.ts';
import { doorsByHand } from './doors-by-hand.ts';
import { publishByHand } from './publish-by-hand.ts';

type Write = (entry: PlannedStep, stopped: Stopped) => readonly ByHand[];

const WAYS: Readonly<Record<string, Write>> = {
  'git.restore-version': codeByHand,
  'host.publish': publishByHand,
  'postgres.revert': revertByHand,
  'neon.restore': restoreByHand,
};

/** A publish that was accepted and not proven is as good as none. */
function isLeft({ name }: PlanEntry, { plan, state }: Stopped): boolean {
  const proof = plan.entries.find((one) => one.kind === 'step' && one.redoes === name);
  return !isOver(state.entries[proof?.name ?? name]);
}

/**
 * What is left of a rollback as command lines, in the order of its plan, and what is held back from users. Of a deploy
 * only the latter: its way on is a rollback.
 */
export function listByHand(stopped: Stopped): readonly ByHand[] {
  const { plan } = stopped;
  const steps = plan.command === 'rollback' ? plan.entries : [];
  const left = steps.flatMap((entry) =>
    entry.kind === 'step' && isLeft(entry, stopped) ? (WAYS[entry.step]?.(entry, stopped) ?? []) : [],
  );
  return [...left, ...doorsByHand(stopped)];
}
