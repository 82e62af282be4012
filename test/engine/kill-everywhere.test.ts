import { describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import { type RunResult, runPlan } from '../../src/engine/run-plan.ts';
import { resumeRun, startRun } from '../../src/engine/start-run.ts';
import { gate, signOff } from '../../src/kit.ts';
import { foldRun } from '../../src/ledger/fold.ts';
import { makeWorldSteps, planOf, stepMap, type WorldSteps } from '../support/engine/plan-of.ts';
import { type Fate, Process } from '../support/engine/process.ts';
import { toolsOf } from '../support/engine/tools-of.ts';
import { VirtualTime } from '../support/engine/virtual-time.ts';
import { type RequestFate, World } from '../support/engine/world.ts';
import { MemoryLedger, MemoryStore } from '../support/memory/ledger.ts';

const SCOPE = 'shop/production';
const RUN = 'r-1';

const makePlan = (steps: WorldSteps) =>
  planOf([
    steps.read.with({ name: 'look' }, { name: 'look' }),
    gate('preflight', 'Preflight'),
    signOff(1, 'Go or not', ['qa'], true),
    steps.probeable.with({ name: 'announce' }, { name: 'announce', onFailure: 'warn' }),
    steps.repeatable.with({ name: 'maintenance-on' }, { name: 'maintenance-on' }),
    steps.probeable.with({ name: 'migrate' }, { name: 'migrate' }),
    steps.unprobeable.with({ name: 'mail' }, { name: 'mail' }),
    steps.probeable.with({ name: 'publish' }, { name: 'publish' }),
    gate('post-deploy', 'Afterwards'),
  ]);

const PROBEABLE = ['announce', 'migrate', 'publish'];

/** A store, a world, and processes that come and go over them. */
class Stage {
  readonly time = new VirtualTime();
  readonly store = new MemoryStore();
  readonly world: World;
  #hosts = 0;

  constructor(fateOf?: () => RequestFate) {
    this.world = new World(this.time, fateOf);
  }

  /** One process: it starts the run or goes on with it, until it ends or is killed. */
  async live(fateAt: (point: number) => Fate, on?: string): Promise<RunResult | 'killed'> {
    this.#hosts += 1;
    const host = on ?? `h-${this.#hosts}`;
    const process: Process = new Process(this.time, () => fateAt(process.points));
    const clock = process.clock();
    const ledger = process.reach(new MemoryLedger(this.store, { actor: 'ana', host, clock }));
    const work = this.#work(process, ledger);
    const end = await this.time.drive(Promise.race([work, process.died.then(() => 'killed' as const)]));
    this.store.gone.add(host);
    return end;
  }

  async #work(process: Process, ledger: ReturnType<Process['reach']>): Promise<RunResult> {
    const steps = makeWorldSteps(this.world, process);
    // Who is killed and started again on one machine has the same host, and is not known to be gone.
    const order = { ledger, scope: SCOPE, actor: 'ana', reason: 'test', takeover: true };
    const planned = { plan: makePlan(steps), request: {}, configDigest: 'd' };
    const { held, plan } = await resumeRun(order, 'deploy')
      .then(({ held, state }) => ({ held, plan: state.plan }))
      .catch(async (error: unknown) => {
        if (!isReleaseError(error, 'E_NOTHING_TO_RESUME')) throw error;
        return { held: await startRun({ ...order, run: RUN }, planned), plan: planned.plan };
      });
    const tools = toolsOf({ clock: process.clock(), ledger, held, steps: stepMap(steps) });
    return runPlan({ plan, run: held.run, tools });
  }

  async end() {
    return foldRun(await new MemoryLedger(this.store, reader(this.time)).read(SCOPE), RUN)?.end;
  }
}

const reader = (time: VirtualTime) => ({ actor: 'reader', host: 'reader', clock: time.clock() });
const onlyAt = (at: number) => (point: number) => (point === at ? ('die' as const) : ('go' as const));

/** What must be true of a stage whose run was completed after however many kills. */
function expectOnce(stage: Stage, what: string): void {
  for (const step of PROBEABLE)
    expect(`${what}: ${step} ${stage.world.count(step)}`).toBe(`${what}: ${step} 1`);
  expect(stage.world.count('maintenance-on')).toBeGreaterThanOrEqual(1);
  expect(stage.world.count('mail')).toBeLessThanOrEqual(1);
}

async function countPoints(fateOf?: () => RequestFate): Promise<number> {
  let last = 0;
  const end = await new Stage(fateOf).live((point) => {
    last = point;
    return 'go';
  });
  expect(end).toMatchObject({ verdict: 'completed' });
  return last;
}

/** How requests behave, each a row of the fault list. */
const WORLDS: readonly (readonly [string, RequestFate])[] = [
  ['F06: whose request lands long after its sender died', { landsAfter: 29_000, answersAfter: 29_500 }],
  ['F07: whose effect is there at once and whose answer comes late', { landsAfter: 1, answersAfter: 9000 }],
  ['F08: whose answer comes at once', { landsAfter: 1, answersAfter: 2 }],
];

describe('a run that is killed', () => {
  for (const [title, fate] of WORLDS) {
    it(`${title} has every effect once, at whichever point it is killed`, async () => {
      const points = await countPoints(() => fate);
      expect(points).toBeGreaterThan(60);
      for (let at = 1; at <= points; at += 1) {
        const stage = new Stage(() => fate);
        expect(await stage.live(onlyAt(at))).toBe('killed');
        const resumed = await stage.live(() => 'go');
        expect(resumed).toMatchObject({ verdict: 'completed' });
        expect(await stage.end()).toBe('completed');
        expectOnce(stage, `killed at ${at}`);
      }
    });
  }

  it('F12: has every effect once when each of its resumes is killed as well', async () => {
    const fate = { landsAfter: 20_000, answersAfter: 20_500 };
    const points = await countPoints(() => fate);
    for (let first = 1; first <= points; first += 5) {
      for (let second = 1; second <= points; second += 7) {
        const stage = new Stage(() => fate);
        await stage.live(onlyAt(first));
        await stage.live(onlyAt(second));
        await stage.live(onlyAt(second + 2));
        expect(await stage.live(() => 'go')).toMatchObject({ verdict: 'completed' });
        expect(await stage.end()).toBe('completed');
        expectOnce(stage, `killed at ${first}, ${second}, ${second + 2}`);
      }
    }
  });

  it.each([
    ['F10: waits from the intent, not from the resume, on the same machine', 'h-1', 5000],
    ['F32: waits from its own lock on another machine, whose clock may be wrong', 'h-2', 45_000],
  ])('%s', async (_, host, waits) => {
    const stage = new Stage(() => ({ landsAfter: 1, answersAfter: 2 }));
    await stage.live(() => (stage.world.count('migrate') === 1 ? 'die' : 'go'), 'h-1');
    const intended = stage.time.passed;
    await stage.time.drive(stage.time.sleep(40_000));
    await stage.live(() => 'go', host);
    const published = stage.world.landings.find((one) => one.step === 'publish')?.at ?? 0;
    expect(published - intended - 40_000).toBeGreaterThan(waits - 100);
    expect(published - intended - 40_000).toBeLessThan(waits + 1000);
  });

  it('F10: waits no longer in all when it is killed during its wait', async () => {
    const stage = new Stage(() => ({ landsAfter: 1, answersAfter: 2 }));
    await stage.live(() => (stage.world.count('migrate') === 1 ? 'die' : 'go'), 'h-1');
    const intended = stage.time.passed;
    await stage.live(() => (stage.time.passed > intended + 10_000 ? 'die' : 'go'), 'h-1');
    await stage.live(() => (stage.time.passed > intended + 30_000 ? 'die' : 'go'), 'h-1');
    await stage.live(() => 'go', 'h-1');
    const published = stage.world.landings.find((one) => one.step === 'publish')?.at ?? 0;
    expect(published - intended).toBeGreaterThan(44_900);
    expect(published - intended).toBeLessThan(46_000);
    expectOnce(stage, 'killed twice while it waited');
  });
});

describe('a run that freezes', () => {
  it('F27, F28: sends nothing once its intent is old, wherever it froze, and goes on by itself', async () => {
    const points = await countPoints();
    for (let at = 1; at <= points; at += 1) {
      const stage = new Stage();
      const result = await stage.live((point) => (point === at ? 300_000 : 'go'));
      expect(result).toMatchObject({ verdict: 'completed' });
      expectOnce(stage, `frozen at ${at}`);
      expect(stage.world.count('mail')).toBe(1);
    }
  });
});
