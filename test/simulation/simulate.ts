import { isReleaseError } from '../../src/domain/failure.ts';
import type { Plan } from '../../src/domain/plan.ts';
import { runPlan } from '../../src/engine/run-plan.ts';
import { USUAL_TIMES } from '../../src/engine/run-tools.ts';
import { resumeRun, startRun } from '../../src/engine/start-run.ts';
import { findOpenRun, foldRuns } from '../../src/ledger/fold.ts';
import type { Held, Ledger } from '../../src/ledger/ledger.ts';
import { makeWorldSteps, planOf, stepMap, type WorldSteps } from '../support/engine/plan-of.ts';
import { type Fate, Process } from '../support/engine/process.ts';
import { toolsOf } from '../support/engine/tools-of.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { type Landing, type RequestFate, World } from '../support/engine/world.ts';
import { MemoryLedger, MemoryStore, type Seal } from '../support/memory/ledger.ts';
import { makeChance } from './chance.ts';

const SCOPE = 'shop/production';
const MAX_LIVES = 40;
/** After so many trouble ends, so that every seed ends. */
const MAX_TROUBLES = 12;

/** What is taken out of the protocol; a healthy protocol takes out nothing. */
export type Missing = 'guard' | 'settle' | 'intent' | 'inspect' | 'fence';

/** What one seed showed. */
export interface Outcome {
  readonly seed: number;
  /** In words; empty when every promise was kept. */
  readonly violations: readonly string[];
  readonly kills: number;
  readonly freezes: number;
  readonly takeovers: number;
}

const deployPlan = (steps: WorldSteps): Plan =>
  planOf([
    steps.read.with({ name: 'look' }, { name: 'look' }),
    steps.probeable.with({ name: 'announce' }, { name: 'announce', onFailure: 'warn' }),
    steps.probeable.with({ name: 'back-up' }, { name: 'back-up' }),
    steps.repeatable.with({ name: 'maintenance-on' }, { name: 'maintenance-on' }),
    steps.probeable.with({ name: 'migrate' }, { name: 'migrate' }),
    steps.probeable.with({ name: 'publish' }, { name: 'publish' }),
    steps.unprobeable.with({ name: 'mail' }, { name: 'mail', onFailure: 'warn' }),
  ]);

const rollbackPlan = (steps: WorldSteps): Plan =>
  planOf(
    [
      steps.probeable.with({ name: 'tell' }, { name: 'tell', onFailure: 'warn' }),
      steps.probeable.with({ name: 'redeploy' }, { name: 'redeploy' }),
      steps.probeable.with({ name: 'revert' }, { name: 'revert' }),
    ],
    { command: 'rollback', version: 'v2.0.3', from: 'v2.1.0' },
  );

const ONCE = ['back-up', 'migrate', 'publish'];
const AT_MOST_ONCE = ['announce', 'mail', 'tell', 'redeploy', 'revert'];
/** The first may be repeated; of the second nobody can know, so its doubt is passed over without a wait. */
const MAY_LAND_LATE = ['maintenance-on', 'mail'];
const WAITED_FOR = ['redeploy', 'revert'];

/** One release with everything that can go wrong in it, in virtual time, over the real runner. */
export class Simulation {
  readonly #missing: Missing | undefined;
  readonly #chance: ReturnType<typeof makeChance>;
  readonly #time = new VirtualTime();
  readonly #store = new MemoryStore();
  readonly #world: World;
  readonly #violations: string[] = [];
  readonly #tally: { lives: number; kills: number; freezes: number; takeovers: number };
  readonly #seed: number;

  constructor(seed: number, missing?: Missing) {
    this.#seed = seed;
    this.#tally = { lives: 0, kills: 0, freezes: 0, takeovers: 0 };
    this.#missing = missing;
    this.#chance = makeChance(seed);
    this.#world = new World(
      this.#time,
      () => this.#fateOfRequest(),
      (landing) => this.#judgeLanding(landing),
      3000,
    );
  }

  async run(): Promise<Outcome> {
    const goesBack = this.#chance.happens(0.3);
    const after = 1 + this.#chance.below(6);
    let isOver = false;
    while (!isOver && this.#tally.lives < MAX_LIVES)
      isOver = await this.#time.drive(
        this.#live(goesBack && this.#tally.lives >= after ? 'rollback' : 'deploy'),
      );
    if (!isOver) this.#violations.push('it never came to an end');
    // What is still on its way lands now, when nobody can do anything about it.
    await this.#time.drive(this.#time.sleep(120_000));
    this.#judgeEnd(goesBack);
    const { kills, freezes, takeovers } = this.#tally;
    return { seed: this.#seed, violations: this.#violations, kills, freezes, takeovers };
  }

  /** One operator: true when the command is done for good. */
  async #live(command: 'deploy' | 'rollback'): Promise<boolean> {
    this.#tally.lives += 1;
    const host = `h-${this.#tally.lives}`;
    const process = new Process(this.#time, () => this.#fateOfProcess());
    const clock = process.clock();
    const ledger = process.reach(
      this.#without(new MemoryLedger(this.#store, { actor: host, host, clock, seal: sealLightly })),
    );
    const work = this.#work(command, process, ledger);
    // Somebody else loses patience with a process that froze, or with a slow one.
    const impatience = this.#time.sleep(this.#chance.below(90_000) + 20_000).then(() => 'next' as const);
    const killed = process.died.then(() => 'next' as const);
    const end = await Promise.race([work, killed, ...(this.#isCalm() ? [] : [impatience])]);
    if (process.isDead && this.#chance.happens(0.5)) this.#store.gone.add(host);
    if (end === 'next') return false;
    if (end !== 'fenced' && !process.isDead) this.#store.gone.add(host);
    return end === 'completed';
  }

  async #work(command: 'deploy' | 'rollback', process: Process, ledger: Ledger): Promise<string> {
    const steps = makeWorldSteps(this.#world, process, {
      guard: this.#missing === 'guard',
      inspect: this.#missing === 'inspect',
    });
    const begun = await this.#begin(command, ledger, steps);
    if (begun === undefined) return 'busy';
    const times = this.#missing === 'settle' ? { ...USUAL_TIMES, settleFactor: 0 } : USUAL_TIMES;
    const { held, plan } = begun;
    const tools = toolsOf({ clock: process.clock(), ledger, held, steps: stepMap(steps) }, { times });
    return (await runPlan({ plan, run: held.run, tools })).verdict;
  }

  async #begin(command: 'deploy' | 'rollback', ledger: Ledger, steps: WorldSteps) {
    const runs = foldRuns(await ledger.read(SCOPE));
    const holder = await ledger.holder(SCOPE);
    const takeover = holder?.alive === true;
    if (takeover) this.#tally.takeovers += 1;
    const order = { ledger, scope: SCOPE, actor: 'ana', reason: 'simulated', takeover };
    const open = findOpenRun(runs);
    const lastRun = runs.at(-1)?.run ?? '';
    try {
      if (open?.plan.command === command) {
        const { held, state } = await resumeRun(order, command);
        return { held, plan: state.plan };
      }
      const plan = command === 'deploy' ? deployPlan(steps) : rollbackPlan(steps);
      const planned = { plan, request: {}, configDigest: 'd' };
      const more = command === 'rollback' ? { preempt: command } : {};
      const held: Held = await startRun(
        { ...order, ...more, run: `${command}-${this.#tally.lives}`, lastRun },
        planned,
      );
      return { held, plan };
    } catch (error) {
      if (isReleaseError(error)) return undefined;
      throw error;
    }
  }

  #isCalm(): boolean {
    return this.#tally.kills + this.#tally.freezes >= MAX_TROUBLES;
  }

  #fateOfProcess(): Fate {
    if (this.#isCalm()) return 'go';
    const roll = this.#chance.next();
    if (roll > 0.03) return 'go';
    if (roll < 0.015) {
      this.#tally.kills += 1;
      return 'die';
    }
    this.#tally.freezes += 1;
    return this.#chance.below(120_000);
  }

  #fateOfRequest(): RequestFate {
    const roll = this.#chance.next();
    const landsAfter = this.#chance.happens(0.5) ? this.#chance.below(500) : this.#chance.below(20_000);
    const answersAfter = landsAfter + this.#chance.below(3000);
    if (roll < 0.05) return { answersAfter };
    if (roll < 0.12) return { landsAfter };
    return { landsAfter, answersAfter };
  }

  #without(ledger: MemoryLedger): Ledger {
    if (this.#missing === 'intent') return withoutIntents(ledger);
    return this.#missing === 'fence' ? withoutFence(ledger) : ledger;
  }

  /** At the moment of a landing: nobody with a later right may already have acted on the same step. */
  #judgeLanding({ run, step, epoch }: Landing): void {
    const { events } = this.#store.of(SCOPE);
    const isLate = events.some(
      (event) =>
        event.run === run && event.step === step && event.epoch > epoch && event.type !== 'step.doubt',
    );
    if (isLate && !MAY_LAND_LATE.includes(step)) this.#violations.push(`${step} of a fenced process landed`);
    const isOvertaken = this.#world.landings.some(
      (one) => WAITED_FOR.includes(one.step) && one.epoch > epoch,
    );
    if (ONCE.includes(step) && isOvertaken) this.#violations.push(`${step} landed on top of the rollback`);
  }

  #judgeEnd(goesBack: boolean): void {
    const runs = foldRuns(this.#store.of(SCOPE).events);
    for (const { run, end, plan } of runs) {
      for (const step of [...ONCE, ...AT_MOST_ONCE]) {
        const count = this.#world.count(step, run);
        if (count > 1) this.#violations.push(`${step} of ${run} happened ${count} times`);
      }
      const due = plan.command === 'deploy' ? ONCE : WAITED_FOR;
      const lost = end === 'completed' ? due.filter((step) => this.#world.count(step, run) === 0) : [];
      for (const step of lost) this.#violations.push(`${step} of ${run} is recorded and did not happen`);
    }
    const wanted = goesBack ? ['deploy', 'rollback'] : ['deploy'];
    if (!runs.some(({ end, plan }) => end === 'completed' && wanted.includes(plan.command)))
      this.#violations.push('no run was completed');
  }
}

const sealLightly: Seal = (event, { scope, epoch, at, head }, { host, actor, tool }) =>
  ({
    v: 1,
    ...event,
    scope,
    epoch,
    at,
    host,
    actor,
    tool,
    seq: head.seq + 1,
    p: head.hash,
    h: head.hash,
  }) as never;

const withoutIntents = (ledger: Ledger): Ledger => ({
  ...bound(ledger),
  append: async (held, event) =>
    event.type === 'step.intent'
      ? ({ ...event, at: '2025-10-01T14:00:00.000Z' } as never)
      : ledger.append(held, event),
});

const withoutFence = (ledger: Ledger): Ledger => ({
  ...bound(ledger),
  append: (held, event) => ledger.note(held.scope, event),
  renew: async () => undefined,
});

const bound = (ledger: Ledger): Ledger => ({
  about: ledger.about,
  read: (scope) => ledger.read(scope),
  scopes: () => ledger.scopes(),
  holder: (scope) => ledger.holder(scope),
  acquire: (scope, claim) => ledger.acquire(scope, claim),
  append: (held, event) => ledger.append(held, event),
  renew: (held) => ledger.renew(held),
  release: (held, outcome) => ledger.release(held, outcome),
  note: (scope, event) => ledger.note(scope, event),
});
