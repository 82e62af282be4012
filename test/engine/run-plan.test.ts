import { describe, expect, it } from 'vitest';
import type { GateAnswer } from '../../src/engine/run-tools.ts';
import { defineStep, gate, ReleaseError, signOff, watch } from '../../src/kit.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { makeWorldSteps, planOf, stepMap } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { Stage } from '../support/engine/stage.ts';
import { World } from '../support/engine/world.ts';

const SCOPE = 'shop/production';
const GO: GateAnswer = { call: 'go', counts: { pass: 3 }, because: [], said: '' };
const NO: GateAnswer = {
  call: 'no-go',
  counts: { fail: 1 },
  because: ['database.connect'],
  said: 'No answer.',
};

/** A stage with a world behind its steps. */
function makeStage() {
  const stage = new Stage();
  const world = new World(stage.time);
  const steps = makeWorldSteps(world, new Process(stage.time));
  for (const [id, step] of stepMap(steps)) stage.steps.set(id, step);
  const { probeable, repeatable, read } = steps;
  const act = (name: string) => probeable.with({ name }, { name });
  const set = (name: string) => repeatable.with({ name }, { name });
  const look = (name: string) => read.with({ name }, { name });
  return { stage, world, steps, act, set, look };
}

/** The ledger with one method of another kind. */
const ledgerWith = (ledger: Ledger, change: Partial<Ledger>): Ledger => ({
  about: ledger.about,
  read: (scope) => ledger.read(scope),
  scopes: () => ledger.scopes(),
  holder: (scope) => ledger.holder(scope),
  acquire: (scope, claim) => ledger.acquire(scope, claim),
  append: (held, event) => ledger.append(held, event),
  renew: (held) => ledger.renew(held),
  release: (held, outcome) => ledger.release(held, outcome),
  note: (scope, event) => ledger.note(scope, event),
  ...change,
});

describe('a plan', () => {
  it('is carried out in order, told as it goes, recorded as completed, and gives its lock back', async () => {
    const { stage, world, act, look } = makeStage();
    const result = await stage.start([look('look'), act('one'), watch({ minutes: 5 }), act('two')]);
    expect(result).toMatchObject({ verdict: 'completed', said: 'deploy of v2.1.0 completed' });
    expect(Object.keys(result.facts)).toEqual(['look', 'one', 'watch', 'two']);
    expect(world.landings.map((one) => one.step)).toEqual(['one', 'two']);
    expect((await stage.state())?.end).toBe('completed');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
    const steps = stage.told.filter((event) => event.type === 'step.started');
    expect(steps.map((event) => event.index)).toEqual([0, 1, 2, 3]);
    expect(stage.told.at(0)).toMatchObject({ type: 'run.started', resumed: false, done: [] });
    expect(stage.told.at(-1)).toMatchObject({ type: 'run.ended', verdict: 'completed' });
  });

  it('gives every entry what the entries before it found out', async () => {
    const { stage, look } = makeStage();
    const seen: object[] = [];
    const judgeGate = async (_: unknown, facts: object) => {
      seen.push({ ...facts });
      return GO;
    };
    await stage.start([look('a'), gate('smoke', 'Smoke'), look('b')], { judgeGate });
    expect(seen).toEqual([{ a: { name: 'a' } }]);
  });

  it('F03, F09: goes on behind what is done, by name, and never repeats it', async () => {
    const { stage, world, act } = makeStage();
    const judgeGate = async () => NO;
    await stage.start([act('one'), act('two'), gate('smoke', 'Smoke'), act('three')], { judgeGate });
    const result = await stage.resume();
    expect(result).toMatchObject({ verdict: 'completed' });
    expect(['one', 'two', 'three'].map((step) => world.count(step))).toEqual([1, 1, 1]);
    expect(stage.told.at(0)).toMatchObject({ resumed: true, done: ['one', 'two'] });
    expect(Object.keys(result.facts)).toContain('one');
  });
});

describe('a gate inside a plan', () => {
  it('stops the run when it says no, says which checks decided, and is asked again at the resume', async () => {
    const { stage, world, act } = makeStage();
    const answers = [NO, { ...NO, call: 'hold' as const }, GO];
    const judgeGate = async () => answers.shift() ?? GO;
    const entries = [act('one'), gate('post-deploy', 'Afterwards'), act('two')];
    const first = await stage.start(entries, { judgeGate });
    expect(first).toMatchObject({ verdict: 'failed', at: 'gate.post-deploy', error: { code: 'E_GATE_NO' } });
    expect(first.said).toContain('Afterwards: no. No answer.');
    expect((await stage.state())?.entries['gate.post-deploy']).toMatchObject({
      state: 'failed',
      said: 'database.connect',
      attempts: 1,
    });
    const second = await stage.resume({ judgeGate });
    expect(second.said).toContain('could not be established');
    expect((await stage.state())?.entries['gate.post-deploy']).toMatchObject({ attempts: 2 });
    expect(await stage.resume({ judgeGate })).toMatchObject({ verdict: 'completed' });
    expect([world.count('one'), world.count('two')]).toEqual([1, 1]);
  });

  it('has what it judges asked again, as far back as that changes nothing', async () => {
    const { stage, world, act, set, look } = makeStage();
    const answers = [NO];
    const judgeGate = async () => answers.shift() ?? GO;
    const entries = [look('early'), act('publish'), set('switch'), look('late'), gate('smoke', 'Smoke')];
    await stage.start(entries, { judgeGate });
    await stage.resume({ judgeGate });
    expect([world.count('publish'), world.count('switch')]).toEqual([1, 2]);
    const intents = stage.events().filter((event) => event.type === 'step.intent');
    const count = (step: string) => intents.filter((event) => event.step === step).length;
    expect([count('early'), count('late')]).toEqual([1, 2]);
  });

  it('fails the run with the words of an error of its own', async () => {
    const { stage, act } = makeStage();
    const judgeGate = () =>
      Promise.reject(
        new ReleaseError('E_TEST', { what: 'No such check.', next: 'Look.', state: 'untouched' }),
      );
    const result = await stage.start([gate('smoke', 'Smoke'), act('one')], { judgeGate });
    expect(result).toMatchObject({ verdict: 'failed', said: 'No such check.', at: 'gate.smoke' });
    expect((await stage.state())?.end).toBe('failed');
  });

  it('keeps the lock alive however long it takes', async () => {
    const { stage } = makeStage();
    let renewals = 0;
    const ledger = ledgerWith(stage.ledger, {
      renew: async (held) => {
        renewals += 1;
        await stage.ledger.renew(held);
      },
    });
    const judgeGate = async () => {
      await stage.time.sleep(200_000);
      return GO;
    };
    await stage.start([gate('smoke', 'Smoke')], { judgeGate, ledger });
    expect(renewals).toBe(13);
  });
});

describe('a sign-off inside a plan', () => {
  it('pauses the run until the roles have signed, where they must', async () => {
    const { stage, world, act } = makeStage();
    const missing = ['qa', 'product'];
    const readSigns = async () => ({ missing: missing.splice(0) });
    const entries = [signOff(2, 'Go live', ['qa', 'product'], true), act('one')];
    const first = await stage.start(entries, { readSigns });
    expect(first).toMatchObject({
      verdict: 'paused',
      said: 'decision 2 needs qa, product',
      at: 'decision-2',
    });
    expect(stage.told).toContainEqual(
      expect.objectContaining({ type: 'decision.due', roles: ['qa', 'product'] }),
    );
    expect(world.count('one')).toBe(0);
    expect(await stage.resume({ readSigns })).toMatchObject({
      verdict: 'completed',
      facts: { 'decision-2': { point: 2, missing: [] } },
    });
  });

  it('F72: is asked for again at the resume, and holds it when somebody has taken theirs back', async () => {
    const { stage, world, act } = makeStage();
    const answers = [NO];
    const judgeGate = async () => answers.shift() ?? GO;
    const signs: string[][] = [[], ['qa'], []];
    const readSigns = async () => ({ missing: signs.shift() ?? [] });
    const entries = [signOff(1, 'Go', ['qa'], true), act('one'), gate('smoke', 'Smoke'), act('two')];
    const change = { judgeGate, readSigns };
    expect(await stage.start(entries, change)).toMatchObject({ verdict: 'failed', at: 'gate.smoke' });
    const held = await stage.resume(change);
    expect(held).toMatchObject({ verdict: 'paused', said: 'decision 1 needs qa', at: 'decision-1' });
    expect(world.count('two')).toBe(0);
    expect(await stage.resume(change)).toMatchObject({ verdict: 'completed' });
    expect([world.count('one'), world.count('two')]).toEqual([1, 1]);
  });

  it('DP-2c: ends the run where one of them says no, whether it waits for them or not', async () => {
    const { stage, world, act } = makeStage();
    let refusal: string | undefined = 'ROLLBACK by Ben: "exports hang"';
    const readSigns = async () => ({ missing: [], ...(refusal === undefined ? {} : { refusal }) });
    const entries = [signOff(2, 'Go on', ['qa'], false), act('one')];
    expect(await stage.start(entries, { readSigns })).toMatchObject({
      verdict: 'failed',
      at: 'decision-2',
      said: 'Decision 2: ROLLBACK by Ben: "exports hang".',
      error: { code: 'E_DECIDED_NO' },
    });
    expect(world.count('one')).toBe(0);
    refusal = undefined;
    expect(await stage.resume({ readSigns })).toMatchObject({ verdict: 'completed' });
  });

  it('only tells who should sign, where they need not, and records who was missing', async () => {
    const { stage, act } = makeStage();
    const readSigns = async () => ({ missing: ['qa'] });
    const result = await stage.start([signOff(3, 'Look', ['qa'], false), act('one')], { readSigns });
    expect(result).toMatchObject({ verdict: 'completed', facts: { 'decision-3': { missing: ['qa'] } } });
    // Nobody decided, so nothing may say that somebody did.
    expect(stage.told).toContainEqual(
      expect.objectContaining({ type: 'step.done', name: 'decision-3', how: 'skipped' }),
    );
  });
});

describe('a run that is taken over', () => {
  const takeover = { run: 'r-2', actor: 'ben', reason: 'stuck', takeover: true };

  it.each(['gate', 'sign-off', 'end'] as const)(
    'F35: ends as fenced at its %s and writes nothing more',
    async (at) => {
      const { stage, act } = makeStage();
      const take = async () => {
        await stage.open('ben').acquire(SCOPE, takeover);
      };
      const change = {
        judgeGate: async () => {
          if (at !== 'sign-off') await take();
          return GO;
        },
        readSigns: async () => {
          await take();
          return { missing: [] };
        },
      };
      const plans = {
        gate: [gate('smoke', 'Smoke'), act('one')],
        'sign-off': [signOff(1, 'Go', ['qa'], true), act('one')],
        end: [],
      };
      const ledger = ledgerWith(stage.ledger, {
        append: async (held, event) => {
          if (event.type === 'run.finished') await take();
          return stage.ledger.append(held, event);
        },
      });
      const result = await stage.start(plans[at], { ...change, ledger });
      expect(result).toMatchObject({ verdict: 'fenced', error: { code: 'E_FENCED' } });
      expect(stage.events().at(-1)).toMatchObject({ type: 'lock.takeover', run: 'r-2' });
      expect(stage.told.at(-1)).toMatchObject({ type: 'run.ended', verdict: 'fenced' });
    },
  );

  it('is completed when it was taken over after its end was recorded', async () => {
    const { stage, act } = makeStage();
    const ledger = ledgerWith(stage.ledger, {
      release: async (held, outcome) => {
        await stage.open('ben').acquire(SCOPE, takeover);
        await stage.ledger.release(held, outcome);
      },
    });
    expect(await stage.start([act('one')], { ledger })).toMatchObject({ verdict: 'completed' });
  });
});

describe('F39: a plan of another version', () => {
  it.each([
    [
      'F39: knows a step that this program does not know',
      { step: 'gone.step' },
      'The run was begun by release memory.',
    ],
    ['F39: means another definition of a step', { def: 2 }, 'It knows definition 1'],
  ])('is refused before its first effect when it %s', async (_, change, why) => {
    const { stage, world, act } = makeStage();
    const entries = [act('one'), { ...act('two'), ...change }];
    const result = await stage.start(entries);
    expect(result).toMatchObject({ verdict: 'failed', at: 'two', error: { code: 'E_PLAN_UNKNOWN_STEP' } });
    expect(result.error?.text.why).toContain(why);
    expect(result.error?.text.next).toContain('npx release-runbook@memory deploy --resume');
    expect(world.sent).toEqual([]);
    expect((await stage.state())?.end).toBe('paused');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
  });

  it('T37: cannot ask whether the unknown step stands that is recorded as done, and goes on by a word alone', async () => {
    const { stage, world, act } = makeStage();
    const judgeGate = async () => NO;
    await stage.start([act('one'), gate('smoke', 'Smoke')], { judgeGate });
    stage.steps.delete('test.probeable');
    const end = await stage.resume();
    expect(end).toMatchObject({ verdict: 'in-doubt', at: 'one' });
    expect(end.said).toContain('Go on with the version that began it');
    expect(await stage.resume({ vouched: new Set(['one']) })).toMatchObject({ verdict: 'completed' });
    expect(world.count('one')).toBe(1);
  });
});

describe('a run that breaks', () => {
  it('F16: is paused with its lock given back when the disk was full and has room again', async () => {
    const { stage, world, act } = makeStage();
    const full = new ReleaseError('E_LEDGER_WRITE', { what: 'Full.', next: 'Room.', state: 'partly-done' });
    const ledger = ledgerWith(stage.ledger, {
      append: (held, event) =>
        event.type === 'step.done' ? Promise.reject(full) : stage.ledger.append(held, event),
    });
    await expect(stage.start([act('one'), act('two')], { ledger })).rejects.toBe(full);
    expect((await stage.state())?.end).toBe('paused');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
    expect(await stage.resume()).toMatchObject({ verdict: 'completed' });
    expect([world.count('one'), world.count('two')]).toEqual([1, 1]);
  });

  it('throws what broke it when not even its end can be recorded', async () => {
    const { stage, world, act } = makeStage();
    const full = new ReleaseError('E_LEDGER_WRITE', { what: 'Full.', next: 'Room.', state: 'partly-done' });
    const ledger = ledgerWith(stage.ledger, { append: () => Promise.reject(full) });
    await expect(stage.start([act('one')], { ledger })).rejects.toBe(full);
    expect(world.sent).toEqual([]);
  });

  it('RBV-5: goes past what a step may fail with, and stops for the code that it names', async () => {
    const codes = ['E_DATA_UNKNOWN', 'E_DATA_INTEGRITY', 'E_DATA_INTEGRITY'] as const;
    const ends = codes.map(async (code, at) => {
      const { stage, act } = makeStage();
      const fails = defineStep<never, { at: number }, { at: number }>({
        ...{ id: 'test.count', def: 1, needs: [], effect: 'read', settleMs: 0, timeoutMs: 1000 },
        ...{ stop: 'safe', title: () => 'Count', undo: { kind: 'nothing' } },
        run: () => Promise.reject(new ReleaseError(code, { what: 'x', next: 'y', state: 'untouched' })),
      });
      stage.steps.set(fails.id, fails as never);
      const stopsOn = at === 2 ? [] : (['E_DATA_INTEGRITY'] as const);
      const counted = fails.with({ at }, { name: 'count', onFailure: 'warn', stopsOn });
      return (await stage.start([counted, act('open')])).verdict;
    });
    expect(await Promise.all(ends)).toEqual(['completed', 'failed', 'completed']);
  });

  it('throws a bug of a gate as it is, once the run is paused', async () => {
    const { stage } = makeStage();
    const bug = new TypeError('x of undefined');
    const judgeGate = () => Promise.reject(bug);
    await expect(stage.start([gate('smoke', 'Smoke')], { judgeGate })).rejects.toBe(bug);
    expect(await stage.state()).toMatchObject({ end: 'paused', said: 'broke at "Smoke"' });
  });
});

describe('a rollback that pushes a deploy aside', () => {
  const back = { command: 'rollback', version: 'v2.0.3' } as const;

  it('F38: sends its message at once and waits until the last request of the deploy has landed', async () => {
    const stage = new Stage();
    const slow = new World(stage.time, ({ step }) =>
      step === 'publish' ? { landsAfter: 25_000 } : { landsAfter: 1, answersAfter: 2 },
    );
    const steps = makeWorldSteps(slow, new Process(stage.time));
    for (const [id, step] of stepMap(steps)) stage.steps.set(id, step);
    const act = (name: string, warns = false) =>
      steps.probeable.with({ name }, { name, ...(warns ? { onFailure: 'warn' } : {}) });
    const deploy = stage.begin(planOf([act('publish')]));
    await stage.time.drive(stage.time.sleep(5000));
    const rollback = stage.begin(planOf([act('tell', true), act('redeploy')], back), {}, 'r-2', {
      preempt: 'rollback',
    });
    const [old, result] = await stage.time.drive(Promise.all([deploy, rollback]));
    expect(old).toMatchObject({ verdict: 'fenced' });
    expect(result).toMatchObject({ verdict: 'completed' });
    expect(slow.landings.map((one) => one.step)).toEqual(['tell', 'publish', 'redeploy']);
    expect(slow.landings[0]?.at).toBeLessThan(5100);
    expect(slow.landings[2]?.at).toBe(45_001);
  });

  it('waits for nothing when the deploy ended by itself', async () => {
    const { stage, act } = makeStage();
    await stage.start([act('one'), gate('smoke', 'Smoke')], { judgeGate: async () => NO });
    const before = stage.time.passed;
    const rollback = stage.begin(planOf([act('redeploy')], back), {}, 'r-2', { preempt: 'rollback' });
    expect(await stage.time.drive(rollback)).toMatchObject({ verdict: 'completed' });
    expect(stage.time.passed - before).toBeLessThan(100);
  });
});
