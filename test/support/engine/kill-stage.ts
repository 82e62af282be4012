import { isReleaseError } from '../../../src/domain/failure.ts';
import type { Plan, PlanEntry } from '../../../src/domain/plan.ts';
import { type RunResult, runPlan } from '../../../src/engine/run-plan.ts';
import { resumeRun, startRun } from '../../../src/engine/start-run.ts';
import { foldRun } from '../../../src/ledger/fold.ts';
import { MemoryLedger, MemoryStore } from '../memory/ledger.ts';
import { sealLightly } from '../memory/seal-lightly.ts';
import { makeWorldSteps, planOf, stepMap, type WorldSteps } from './plan-of.ts';
import { type Fate, Process } from './process.ts';
import { toolsOf } from './tools-of.ts';
import { VirtualTime } from './virtual-time.ts';
import { type RequestFate, World } from './world.ts';

const SCOPE = 'shop/production';

/** What becomes of a process at a point: its number, counted from the start, and its name. */
export type FateAt = (point: number, name: string) => Fate;

/** A store, a world, and processes that come and go over them. */
export class KillStage {
  readonly time = new VirtualTime();
  readonly store = new MemoryStore();
  readonly world: World;
  readonly #entries: (steps: WorldSteps) => readonly PlanEntry[];
  readonly #command: Plan['command'];
  #hosts = 0;

  constructor(
    entries: (steps: WorldSteps) => readonly PlanEntry[],
    fateOf?: (sender: { readonly step: string }) => RequestFate,
    command: Plan['command'] = 'deploy',
  ) {
    this.world = new World(this.time, fateOf);
    this.#entries = entries;
    this.#command = command;
  }

  /** One process: it starts the run or goes on with it, until it ends or is killed. */
  async live(fateAt: FateAt, on?: string): Promise<RunResult | 'killed'> {
    this.#hosts += 1;
    const host = on ?? `h-${this.#hosts}`;
    const process: Process = new Process(this.time, (name) => fateAt(process.points, name));
    const clock = process.clock();
    const user = { actor: 'ana', host, clock, seal: sealLightly };
    const ledger = process.reach(new MemoryLedger(this.store, user));
    const work = this.#work(process, ledger);
    const end = await this.time.drive(Promise.race([work, process.died.then(() => 'killed' as const)]));
    this.store.gone.add(host);
    return end;
  }

  async #work(process: Process, ledger: ReturnType<Process['reach']>): Promise<RunResult> {
    const steps = makeWorldSteps(this.world, process);
    // Who is killed and started again on one machine has the same host, and is not known to be gone.
    const order = { ledger, scope: SCOPE, actor: 'ana', reason: 'test', takeover: true };
    const command = this.#command;
    const plan = planOf(this.#entries(steps), { command });
    const planned = { plan, request: {}, configDigest: 'd' };
    const begun = await resumeRun(order, command)
      .then(({ held, state }) => ({ held, plan: state.plan }))
      .catch(async (error: unknown) => {
        if (!isReleaseError(error, 'E_NOTHING_TO_RESUME')) throw error;
        return { held: await startRun({ ...order, run: `${command}-1` }, planned), plan };
      });
    const tools = toolsOf({ clock: process.clock(), ledger, held: begun.held, steps: stepMap(steps) });
    return runPlan({ plan: begun.plan, run: begun.held.run, tools });
  }

  /** How the run stands by the ledger. */
  state() {
    return foldRun(this.store.of(SCOPE).events, `${this.#command}-1`);
  }
}
