import type { Runbook } from '../../config/schema/index.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { RunState } from '../../ledger/fold.ts';
import type { Emergency } from '../../report/emergency-text.ts';
import { listCalls } from '../../report/list-calls.ts';
import { listByHand } from './by-hand/list-by-hand.ts';

const isEffect = (entry: Plan['entries'][number]): entry is PlannedStep =>
  entry.kind === 'step' && entry.effect !== 'read';

function sortEffects(
  plan: Plan,
  state: RunState | undefined,
): Pick<Emergency, 'done' | 'failed' | 'inDoubt' | 'open'> {
  const effects = plan.entries.filter(isEffect);
  const standing = (entry: PlannedStep) => state?.entries[entry.name]?.state;
  const titles = (wanted: (at: ReturnType<typeof standing>) => boolean): readonly string[] =>
    effects.filter((entry) => wanted(standing(entry))).map((entry) => entry.title);
  return {
    done: titles((at) => at === 'done'),
    failed: titles((at) => at === 'failed'),
    inDoubt: titles((at) => at === 'intent'),
    open: titles((at) => at === undefined || at === 'warned'),
  };
}

function listLines(
  plan: Plan,
  state: RunState | undefined,
  runbook: Runbook,
  root: string,
): Emergency['byHand'] {
  const environment = runbook.environments[plan.env];
  return environment && state ? listByHand({ plan, state, runbook, environment, root }) : [];
}

interface Wanted {
  readonly runbook: Runbook;
  /** Folder of the configuration. */
  readonly root: string;
  readonly now: Date;
  /** Phone numbers may be shown. */
  readonly isPrivate: boolean;
  /** What the plan was made for was not found there: its lines by hand would lack what has come since. */
  readonly isOutdated?: boolean;
}

/** What stands and what does not, whom to call, and what can be done by hand. */
export const readEmergency = (
  plan: Plan,
  state: RunState | undefined,
  { runbook, root, now, isPrivate, isOutdated = false }: Wanted,
): Emergency => ({
  ...sortEffects(plan, state),
  call: listCalls(runbook, plan.env, now, isPrivate),
  byHand: isOutdated ? [] : listLines(plan, state, runbook, root),
  isOutdated,
});
