import type { Effect } from '../domain/plan.ts';
import type { EntryState } from '../ledger/fold.ts';
import type { Begun } from './left-to-land.ts';

/** What to do with one step, by what the ledger says about it. */
export type Move =
  | { readonly move: 'pass-over' }
  | { readonly move: 'run'; readonly attempt: number }
  /** An attempt was begun and never ended: wait until it can no longer land, then ask the world. */
  | { readonly move: 'settle'; readonly begun: Begun; readonly attempt: number }
  /** The same for a step that cannot be asked: a person or a policy decides. */
  | { readonly move: 'decide'; readonly attempt: number };

export interface MoveRules {
  readonly effect: Effect;
  readonly settleMs: number;
  readonly intentMs: number;
}

/**
 * The next move of a step. A request leaves within `intentMs` of its intent or never, and lands within `settleMs`
 * after that (reliability 4.1).
 */
export function chooseMove(state: EntryState | undefined, rules: MoveRules): Move {
  if (state === undefined) return { move: 'run', attempt: 1 };
  if (state.state === 'done' || state.state === 'warned') return { move: 'pass-over' };
  const attempt = state.attempts + 1;
  if (state.state === 'failed') return { move: 'run', attempt };
  if (rules.effect === 'read' || rules.effect === 'repeatable') return { move: 'run', attempt };
  if (rules.effect === 'unprobeable') return { move: 'decide', attempt };
  const { at, epoch } = state;
  return { move: 'settle', begun: { at, epoch, wholeMs: rules.intentMs + rules.settleMs }, attempt };
}
