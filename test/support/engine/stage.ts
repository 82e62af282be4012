import type { Plan, PlanEntry } from '../../../src/domain/plan.ts';
import { type RunResult, runPlan } from '../../../src/engine/run-plan.ts';
import type { RunTools } from '../../../src/engine/run-tools.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import type { Step } from '../../../src/kit.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { foldRun, type RunState } from '../../../src/ledger/fold.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { MemoryLedger, MemoryStore } from '../memory/ledger.ts';
import { planOf } from './plan-of.ts';
import { toolsOf } from './tools-of.ts';
import { VirtualTime } from './virtual-time.ts';

const SCOPE = 'shop/production';

/** What a test changes about a run, and the entry behind which it is to stand still. */
type Change = Partial<RunTools> & { readonly until?: string };

/** A place for runs in virtual time: a store, steps, and what was told and recorded. */
export class Stage {
  readonly time = new VirtualTime();
  readonly store = new MemoryStore();
  readonly ledger: Ledger;
  readonly steps = new Map<string, Step>();
  told: ReturnType<typeof toolsOf>['told'] = [];

  constructor(steps: readonly unknown[] = []) {
    this.ledger = this.open('ana');
    for (const step of steps as Step[]) this.steps.set(step.id, step);
  }

  open(actor: string): MemoryLedger {
    return new MemoryLedger(this.store, { actor, host: `${actor}-laptop`, clock: this.time.clock() });
  }

  order(run = 'r-1', ledger: Ledger = this.ledger) {
    return { ledger, scope: SCOPE, run, actor: 'ana', reason: 'test' };
  }

  /** Starts a run of these entries and carries it as far as it goes. */
  start(entries: readonly PlanEntry[], change: Change = {}, run = 'r-1'): Promise<RunResult> {
    return this.time.drive(this.begin(planOf(entries), change, run));
  }

  async begin(plan: Plan, change: Change = {}, run = 'r-1', more: object = {}): Promise<RunResult> {
    const planned = { plan, request: {}, configDigest: 'd' };
    const held = await startRun({ ...this.order(run), ...more }, planned);
    return this.carry(plan, run, { ...change, held });
  }

  /** Goes on with the open run. */
  resume(change: Change = {}): Promise<RunResult> {
    const work = async () => {
      const { held, state } = await resumeRun(this.order(), 'deploy');
      return this.carry(state.plan, held.run, { ...change, held });
    };
    return this.time.drive(work());
  }

  /** Carries a run whose lock is held as far as it goes. */
  carry(plan: Plan, run: string, change: Change & Pick<RunTools, 'held'>): Promise<RunResult> {
    const needed = { clock: this.time.clock(), ledger: this.ledger, held: change.held, steps: this.steps };
    const tools = toolsOf(needed, change);
    this.told = tools.told;
    return runPlan({ plan, run, tools, until: change.until });
  }

  events(): readonly LedgerEvent[] {
    return this.store.of(SCOPE).events;
  }

  /** `type step` of every event since the plan was stored, in order. */
  trail(): readonly string[] {
    const kinds = this.events().map((event) => (event.step ? `${event.type} ${event.step}` : event.type));
    return kinds.slice(kinds.indexOf('run.planned') + 1);
  }

  async state(run = 'r-1'): Promise<RunState | undefined> {
    return foldRun(this.events(), run);
  }
}
