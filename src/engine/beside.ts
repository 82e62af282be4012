import type { PlanEntry } from '../domain/plan.ts';
import type { EntryEnd } from './run-tools.ts';

/** The entry at which a run cannot go on, and why: it ended so, or it broke. */
export type Halt =
  | { readonly entry: PlanEntry; readonly end: Exclude<EntryEnd, { readonly end: 'done' | 'warned' }> }
  | { readonly entry: PlanEntry; readonly broke: unknown };

type Turn = () => Promise<Halt | undefined>;

/** The way of the entries that go beside the rest of a run: one behind the other, and nobody waits for them before its end. */
export function makeBeside() {
  let last: Promise<void> | undefined;
  let halt: Halt | undefined;
  const take = async (turn: Turn): Promise<void> => {
    halt ??= await turn();
  };
  return {
    /** Begins the turn at once, or when those before it have ended; behind one that halted it is left where it is. */
    start(turn: Turn): void {
      const own = last === undefined ? take(turn) : last.then(() => take(turn));
      last = own;
      void own.then(() => {
        if (last === own) last = undefined;
      });
    },
    /** Waits for all of them; gives the first halt. */
    async join(): Promise<Halt | undefined> {
      await last;
      return halt;
    },
  };
}

export type Beside = ReturnType<typeof makeBeside>;
