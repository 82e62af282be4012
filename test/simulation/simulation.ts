import { isReleaseError } from '../../src/domain/failure.ts';
import type { EngineEvent } from '../../src/engine/events.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { USUAL_TIMES } from '../../src/engine/run-tools.ts';
import { resumeRun, startRun } from '../../src/engine/start-run.ts';
import type { Step } from '../../src/kit.ts';
import { findOpenRun, foldRuns } from '../../src/ledger/fold.ts';
import type { Held, Ledger } from '../../src/ledger/ledger.ts';
import { makeWorldSteps, stepMap } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { makeStopRequest, toolsOf } from '../support/engine/tools-of.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { type RequestFate, World } from '../support/engine/world.ts';
import { MemoryLedger, MemoryStore, type Seal } from '../support/memory/ledger.ts';
import { sealLightly } from '../support/memory/seal-lightly.ts';
import { letWait } from '../support/memory/waiting-ledger.ts';
import { type Ingredient, weaken } from './ablations.ts';
import { makeChance } from './chance.ts';
import { judgeEnd, judgeLanding } from './promises.ts';
import { type Command, PLANS } from './release-plans.ts';
import { makeShaky, type Outage } from './shaky-ledger.ts';
import { sayEvent, sayFate, type Tell } from './story.ts';
import { type Tally, Troubles } from './troubles.ts';

const SCOPE = 'shop/production';
const MAX_LIVES = 60;

/** What one seed showed. */
export interface Outcome extends Tally {
  readonly seed: number;
  /** In words; empty when every promise was kept. */
  readonly violations: readonly string[];
}

/** One process at work. */
interface Operator {
  readonly host: string;
  readonly process: Process;
  readonly ledger: Ledger;
  readonly skewMs: () => number;
}

/** One release with everything that can go wrong in it, in virtual time, over the real runner. */
export class Simulation {
  readonly #seed: number;
  readonly #missing: readonly Ingredient[];
  readonly #tell: Tell | undefined;
  readonly #chance: ReturnType<typeof makeChance>;
  readonly #troubles: Troubles;
  readonly #time = new VirtualTime();
  readonly #store = new MemoryStore();
  readonly #outage: Outage = { until: 0 };
  readonly #world: World;
  readonly #steps: ReadonlyMap<string, Step>;
  readonly #stop = makeStopRequest();
  readonly #violations: string[] = [];

  /** `tell` hears what happens, in words. */
  constructor(seed: number, missing: readonly Ingredient[] = [], tell?: Tell) {
    this.#seed = seed;
    this.#missing = missing;
    this.#tell = tell;
    this.#chance = makeChance(seed);
    this.#troubles = new Troubles(this.#chance);
    this.#world = new World(
      this.#time,
      (sender) => this.#send(sender),
      (one) => this.#land(one),
      this.#troubles.lagMs,
    );
    const change = {
      withoutGuard: missing.includes('guard'),
      withoutInspect: missing.includes('inspect'),
      fateOfAnswer: () => this.#troubles.fateOfAnswer(),
    };
    this.#steps = stepMap(makeWorldSteps(this.#world, (services) => services as Process, change));
  }

  async run(): Promise<Outcome> {
    const { tally } = this.#troubles;
    const goesBack = this.#chance.happens(0.3);
    const after = 1 + this.#chance.below(6);
    let isOver = false;
    while (!isOver && tally.lives < MAX_LIVES)
      isOver = await this.#time.drive(this.#turn(goesBack && tally.lives >= after ? 'rollback' : 'deploy'));
    if (!isOver) this.#blame(['it never came to an end']);
    // What is still on its way lands now, when nobody can do anything about it.
    await this.#time.drive(this.#time.sleep(120_000));
    this.#blame(judgeEnd(this.#store.of(SCOPE).events, this.#world, goesBack));
    return { seed: this.#seed, violations: this.#violations, ...tally };
  }

  /** One operator, or two who do not know of each other: true when the command is done for good. */
  async #turn(command: Command): Promise<boolean> {
    const isPair = !this.#troubles.isCalm && this.#chance.happens(0.1);
    const both = [this.#live(command), ...(isPair ? [this.#live(command)] : [])];
    return (await Promise.all(both)).includes(true);
  }

  async #live(command: Command): Promise<boolean> {
    this.#troubles.tally.lives += 1;
    const host = `host-${this.#troubles.tally.lives}`;
    this.#tell?.(this.#time.passed, host, `somebody starts ${command}`);
    let skewMs = this.#chance.below(10_000) - 5000;
    const process: Process = new Process(this.#time, (point) => {
      const jumpMs = this.#troubles.jumpOfClock();
      skewMs += jumpMs;
      const fate = this.#troubles.fateOfProcess();
      if (this.#tell) sayFate(this.#tell, this.#time.passed, host, point, fate, jumpMs);
      return fate;
    });
    const ledger = this.#reach(process, host, () => skewMs);
    const work = this.#work(command, { host, process, ledger, skewMs: () => skewMs });
    // Somebody else loses patience with a process that froze, or with a slow one.
    const impatience = this.#time.sleep(this.#chance.below(90_000) + 20_000).then(() => 'next' as const);
    const killed = process.died.then(() => 'next' as const);
    const end = await Promise.race([work, killed, ...(this.#troubles.isCalm ? [] : [impatience])]);
    if (end === 'next' && !process.isDead)
      this.#tell?.(this.#time.passed, host, 'is not waited for any longer');
    if (process.isDead ? this.#chance.happens(0.5) : end !== 'next') this.#store.gone.add(host);
    return end === 'completed';
  }

  #reach(process: Process, host: string, skewMs: () => number): Ledger {
    const seal: Seal = (event, place, origin) => {
      const made = sealLightly(event, place, origin);
      if (this.#tell) sayEvent(this.#tell, this.#time.passed, made);
      return made;
    };
    const user = { actor: host, host, clock: this.#time.clock(skewMs), seal };
    const ledger = weaken(new MemoryLedger(this.#store, user), this.#missing);
    const reached = process.reach(makeShaky(ledger, this.#time, this.#troubles, this.#outage));
    // Stores differ in this alone: every second process has one that writes as late as it may (decision 005).
    return this.#chance.happens(0.5) ? letWait(reached, process.clock(skewMs)) : reached;
  }

  async #work(command: Command, { host, process, ledger, skewMs }: Operator): Promise<string> {
    try {
      const held = await this.#begin(command, ledger);
      const times = this.#missing.includes('settle') ? { ...USUAL_TIMES, settleFactor: 0 } : USUAL_TIMES;
      const needed = { clock: process.clock(skewMs), ledger, held, steps: this.#steps };
      const emit = (event: EngineEvent): void => {
        if (this.#tell && event.type === 'step.settling')
          this.#tell(this.#time.passed, host, `waits: ${event.said}`);
      };
      const tools = toolsOf(needed, { times, emit, stop: this.#stop, services: process as never });
      const end = await runPlan({ plan: PLANS[command], run: held.run, tools });
      this.#tell?.(this.#time.passed, host, `ends: ${end.verdict} (${end.said})`);
      return end.verdict;
    } catch (error) {
      if (!isReleaseError(error)) throw error;
      this.#tell?.(this.#time.passed, host, `gives up: ${error.text.what}`);
      // Nobody types the same again in the same second.
      await this.#time.sleep(5000 + this.#chance.below(25_000));
      return 'gave up';
    }
  }

  async #begin(command: Command, ledger: Ledger): Promise<Held> {
    const { tally } = this.#troubles;
    const runs = foldRuns(await ledger.read(SCOPE));
    const takeover = (await ledger.holder(SCOPE))?.alive === true;
    const order = { ledger, scope: SCOPE, actor: 'ana', reason: 'simulated', takeover };
    if (takeover) tally.takeovers += 1;
    if (findOpenRun(runs)?.plan.command === command) return (await resumeRun(order, command)).held;
    const more = command === 'rollback' ? { preempt: command } : {};
    const run = `${command}-${tally.lives}`;
    const planned = { plan: PLANS[command], request: {}, configDigest: 'd' };
    return startRun({ ...order, ...more, run, lastRun: runs.at(-1)?.run ?? '' }, planned);
  }

  #send({ run, step, epoch }: World['sent'][number]): RequestFate {
    const fate = this.#troubles.fateOfRequest();
    const words = fate.landsAfter === undefined ? 'it will be refused' : `it lands in ${fate.landsAfter} ms`;
    const answer = fate.answersAfter === undefined ? ', and its answer gets lost' : '';
    this.#tell?.(
      this.#time.passed,
      run,
      `the request for "${step}" leaves, epoch ${epoch}: ${words}${answer}`,
    );
    return fate;
  }

  #land(landing: World['landings'][number]): void {
    const { run, step, epoch } = landing;
    this.#tell?.(this.#time.passed, 'the world', `"${step}" of ${run} happens, sent under epoch ${epoch}`);
    this.#blame(judgeLanding(landing, this.#store.of(SCOPE).events, this.#world));
  }

  #blame(wrongs: readonly string[]): void {
    for (const wrong of wrongs) this.#tell?.(this.#time.passed, 'BROKEN', wrong);
    this.#violations.push(...wrongs);
  }
}
