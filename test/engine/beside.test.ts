import { describe, expect, it } from 'vitest';
import type { PlanEntry } from '../../src/domain/plan.ts';
import { defineStep, gate, ReleaseError, type StepContext } from '../../src/kit.ts';
import type { NewEvent } from '../../src/ledger/event.ts';
import type { Held } from '../../src/ledger/ledger.ts';
import { KillStage } from '../support/engine/kill-stage.ts';
import { planOf, type WorldSteps } from '../support/engine/plan-of.ts';
import { Stage } from '../support/engine/stage.ts';
import { makeStopRequest } from '../support/engine/tools-of.ts';
import type { RequestFate } from '../support/engine/world.ts';

const silent = (): Promise<never> => new Promise(() => undefined);

/** A stage whose steps take as long as `ms` says by their name; `log` hears when they begin and end. */
function makeStage(ms: Readonly<Record<string, number>> = {}, act?: (context: StepContext) => Promise<void>) {
  const log: string[] = [];
  const base = { def: 1, needs: [], settleMs: 30_000, timeoutMs: 60_000, stop: 'safe' } as const;
  const step = defineStep<never, { name: string }, { name: string }>({
    ...base,
    id: 'test.step',
    effect: 'probeable',
    title: ({ name }) => `Do ${name}`,
    undo: { kind: 'nothing' },
    run: async (_, { name }, context) => {
      context.guard();
      log.push(`${stage.time.passed} begins ${name}`);
      await stage.time.sleep(ms[name] ?? 10);
      await act?.(context);
      log.push(
        `${stage.time.passed} ends ${name}, knows ${Object.keys(context.facts).join(' ') || 'nothing'}`,
      );
      return { name };
    },
    inspect: async (_, { name }) =>
      log.some((line) => line.includes(` ends ${name},`))
        ? { state: 'done', done: { name } }
        : { state: 'absent' },
  });
  const stage: Stage = new Stage([step]);
  const act1 = (name: string) => step.with({ name }, { name });
  const tell = (name: string) => step.with({ name }, { name, onFailure: 'warn', beside: true });
  return { stage, log, act: act1, tell };
}

describe('a step beside the rest', () => {
  it('M11: holds up nothing: the next one begins at once, and the run ends when both have ended', async () => {
    const { stage, log, act, tell } = makeStage({ told: 3000 });
    const result = await stage.start([tell('told'), act('one'), act('two')]);
    expect(result).toMatchObject({ verdict: 'completed', facts: { told: { name: 'told' } } });
    expect(log).toEqual([
      '0 begins told',
      '0 begins one',
      '10 ends one, knows nothing',
      '10 begins two',
      '20 ends two, knows one',
      '3000 ends told, knows one two',
    ]);
    expect(stage.trail().slice(-2)).toEqual(['run.finished', 'lock.released']);
  });

  it('goes behind the one beside it that came first, and knows what that one found out', async () => {
    const { stage, log, act, tell } = makeStage({ first: 3000 });
    await stage.start([tell('first'), act('one'), tell('second'), act('two'), tell('third')]);
    const told = log.filter((line) => / (first|second|third)(,|$)/.test(line));
    expect(told).toEqual([
      '0 begins first',
      '3000 ends first, knows one two',
      '3000 begins second',
      '3010 ends second, knows one two first',
      '3010 begins third',
      '3020 ends third, knows one two first second',
    ]);
  });

  it('is told as what goes beside, and as begun in its turn', async () => {
    const { stage, act, tell } = makeStage({ told: 100 });
    await stage.start([tell('told'), act('one'), tell('later')]);
    const begun = stage.told.filter((event) => event.type === 'step.started');
    expect(begun.map(({ name, index, beside }) => [name, index, beside])).toEqual([
      ['told', 0, true],
      ['one', 1, undefined],
      ['later', 2, true],
    ]);
  });

  it('F78: that fails is warned about, and the run neither waits nor stops for it', async () => {
    const refused = new ReleaseError('E_TEST', { what: 'No.', next: 'Look.', state: 'partly-done' });
    const { stage, act, tell } = makeStage({ told: 5 }, async ({ step }) => {
      if (step === 'told') throw refused;
    });
    expect(await stage.start([tell('told'), act('one')])).toMatchObject({ verdict: 'completed' });
    expect((await stage.state())?.entries.told).toMatchObject({ state: 'warned', code: 'E_TEST' });
  });

  it('must be one that cannot stop the run', () => {
    const { act } = makeStage();
    const step = defineStep<never, { name: string }, { name: string }>({
      ...{ id: 'test.other', def: 1, needs: [], effect: 'read', settleMs: 0, timeoutMs: 1, stop: 'safe' },
      title: () => 'Other',
      undo: { kind: 'nothing' },
      run: async (_, input) => input,
    });
    expect(act('one').beside).toBeUndefined();
    expect(() => step.with({ name: 'a' }, { beside: true })).toThrow('cannot go beside it');
    expect(() =>
      step.with({ name: 'a' }, { beside: true, onFailure: 'warn', stopsOn: ['E_PLAN_STALE'] }),
    ).toThrow('cannot go beside it');
  });
});

describe('a run that ends early while something goes beside it', () => {
  it('records its end behind the end of the other', async () => {
    const { stage, act, tell } = makeStage({ told: 3000 });
    const judgeGate = async () => ({ call: 'no-go', counts: {}, because: [], said: 'No.' }) as const;
    const result = await stage.start([tell('told'), act('one'), gate('smoke', 'Smoke')], { judgeGate });
    expect(result).toMatchObject({ verdict: 'failed', at: 'gate.smoke' });
    expect(stage.trail().slice(-3)).toEqual(['step.done told', 'run.finished', 'lock.released']);
  });

  it('F21: lets both end at the first request; what waits for its turn is left for the resume', async () => {
    const stop = makeStopRequest();
    const { stage, log, act, tell } = makeStage({ told: 500, one: 100 });
    stage.time.after(50, () => stop.request());
    const result = await stage.start([tell('told'), tell('later'), act('one')], { stop });
    expect(result).toMatchObject({ verdict: 'paused', at: 'later' });
    expect(log.map((line) => line.split(',')[0])).toEqual([
      '0 begins told',
      '0 begins one',
      '100 ends one',
      '500 ends told',
    ]);
    expect(await stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(log.filter((line) => line.includes('begins'))).toHaveLength(3);
  });

  it('F21: cuts both off at the second, and records the doubt of both', async () => {
    const stop = makeStopRequest();
    const { stage, act, tell } = makeStage({}, silent);
    stage.time.after(50, () => {
      stop.request();
      stop.request();
    });
    const result = await stage.start([tell('told'), act('one')], { stop });
    expect(result).toMatchObject({ verdict: 'paused', at: 'one' });
    expect(
      stage
        .trail()
        .filter((line) => line.startsWith('step.doubt'))
        .sort(),
    ).toEqual(['step.doubt one', 'step.doubt told']);
    expect(stage.trail().slice(-2)).toEqual(['run.paused', 'lock.released']);
  });

  it('F16: pauses, and throws what broke beside it, once the rest has ended', async () => {
    const { stage, log, act, tell } = makeStage({ one: 500 });
    const { ledger } = stage;
    const broken = Object.assign(Object.create(ledger), {
      append: async (held: Held, event: NewEvent) => {
        if (event.type === 'step.done' && event.step === 'told') throw new TypeError('x of undefined');
        return ledger.append(held, event);
      },
      read: ledger.read.bind(ledger),
      renew: ledger.renew.bind(ledger),
      release: ledger.release.bind(ledger),
    });
    await expect(stage.start([tell('told'), act('one')], { ledger: broken })).rejects.toThrow(
      'x of undefined',
    );
    expect(log.at(-1)).toBe('500 ends one, knows nothing');
    expect(stage.trail().slice(-3)).toEqual(['step.done one', 'run.paused', 'lock.released']);
  });

  it('F35: records nothing more, beside it neither, when somebody took over', async () => {
    const { stage, act, tell } = makeStage({ told: 5000, one: 20_000 });
    const taken = { run: 'r-2', actor: 'ben', reason: 'stuck', takeover: true };
    stage.time.after(1000, () => void stage.open('ben').acquire('shop/production', taken));
    expect(await stage.start([tell('told'), act('one')])).toMatchObject({ verdict: 'fenced' });
    expect(stage.trail()).toEqual(['step.intent told', 'step.intent one', 'lock.takeover']);
  });
});

/** The way back in short: messages beside it, a proof that rests on a publish, and a door. */
const makeEntries = ({ probeable, repeatable, door, read }: WorldSteps): readonly PlanEntry[] => {
  const tell = (name: string) => probeable.with({ name }, { name, onFailure: 'warn', beside: true });
  return [
    tell('announce'),
    read.with({ name: 'look' }, { name: 'look' }),
    repeatable.with({ name: 'on' }, { name: 'on' }),
    probeable.with({ name: 'publish' }, { name: 'publish' }),
    read.with({ name: 'prove' }, { name: 'prove', redoes: 'publish' }),
    tell('progress'),
    door.with({ name: 'off' }, { name: 'off', provenBy: 'prove' }),
    tell('complete'),
  ];
};

const MESSAGES = ['announce', 'progress', 'complete'];

/** How messages behave: at once, slowly, and beyond the next effects. */
const WORLDS: readonly (readonly [string, RequestFate])[] = [
  ['land at once', { landsAfter: 1, answersAfter: 2 }],
  ['land late', { landsAfter: 20_000, answersAfter: 20_500 }],
  ['lose their answer', { landsAfter: 15_000 }],
];

const stageWhere = (fate: RequestFate) =>
  new KillStage(
    makeEntries,
    ({ step }) => (MESSAGES.includes(step) ? fate : { landsAfter: 1, answersAfter: 2 }),
    'rollback',
  );

describe('F77: a run that is killed while messages go beside it', () => {
  it.each(WORLDS)('has every message and every effect once, in order, where they %s', async (_, fate) => {
    let points = 0;
    await stageWhere(fate).live((point) => {
      points = point;
      return 'go';
    });
    expect(points).toBeGreaterThan(40);
    for (let at = 1; at <= points; at += 1) {
      const stage = stageWhere(fate);
      await stage.live((point) => (point === at ? 'die' : 'go'));
      if (stage.state()?.end !== 'completed') await stage.live(() => 'go');
      expect([at, stage.state()?.end]).toEqual([at, 'completed']);
      const landed = stage.world.landings.map(({ step }) => step);
      expect([at, landed.filter((step) => MESSAGES.includes(step))]).toEqual([at, MESSAGES]);
      expect([at, stage.world.count('publish')]).toEqual([at, 1]);
      expect(landed.indexOf('complete')).toBeGreaterThan(landed.lastIndexOf('off'));
    }
  });

  it('M11: goes on at once when it comes back, while the message in doubt settles beside it', async () => {
    const stage = stageWhere({ landsAfter: 1 });
    await stage.live((_, name) => (name === 'before append step.done' ? 'die' : 'go'));
    const backAt = stage.time.passed;
    await stage.live(() => 'go');
    const published = stage.world.landings.find(({ step }) => step === 'publish')?.at ?? 0;
    expect(published - backAt).toBeLessThan(100);
    expect(stage.state()?.entries.announce).toMatchObject({ state: 'done', how: 'inspected' });
  });

  it('proves anew behind a closed door, also when a message is the first that is not over', async () => {
    const stage = stageWhere({ landsAfter: 1 });
    let intents = 0;
    // Killed where the proof is recorded and the door still closed; the message has no answer yet.
    await stage.live((_, name) => {
      if (name === 'before append step.intent') intents += 1;
      return intents === 6 ? 'die' : 'go';
    });
    expect(stage.state()?.entries).toMatchObject({ announce: { state: 'intent' }, prove: { state: 'done' } });
    await stage.live(() => 'go');
    const { events } = stage.store.of('shop/production');
    const asked = events.filter((event) => event.type === 'step.intent' && event.step === 'prove');
    expect(asked).toHaveLength(2);
    expect([stage.world.count('publish'), stage.world.count('on')]).toEqual([1, 1]);
  });
});

describe('a plan with such steps', () => {
  it('keeps the mark, so that whoever resumes it knows', () => {
    const { act, tell } = makeStage();
    const [told, one] = planOf([tell('told'), act('one')]).entries;
    expect(told).toMatchObject({ beside: true });
    expect(one).not.toHaveProperty('beside');
  });
});
