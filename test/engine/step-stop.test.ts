import { describe, expect, it } from 'vitest';
import { planOf } from '../support/engine/plan-of.ts';
import { type Act, failure, silent, stageWith } from '../support/engine/stage-with.ts';
import { makeStopRequest } from '../support/engine/tools-of.ts';

const done: Act = async ({ guard }) => {
  guard();
  return { answer: 42 };
};

describe('a stop', () => {
  it('lets the running step end at the first request, and pauses', async () => {
    const stop = makeStopRequest();
    const { stage, entry, count } = stageWith(
      'probeable',
      async (context) => {
        stop.request();
        await stage.time.sleep(5000);
        return done(context, 1);
      },
      { seen: async () => ({ state: 'done', done: { answer: 42 } }) },
    );
    const next = { ...entry, name: 'next' };
    const result = await stage.start([entry, next], { stop });
    expect(result).toMatchObject({ verdict: 'paused', at: 'next', facts: { act: { answer: 42 } } });
    expect(count().calls).toBe(1);
    expect((await stage.state())?.end).toBe('paused');
    expect(await stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(count().calls).toBe(2);
  });

  it('F21: cuts the running step off at the second, records the doubt, and the resume asks', async () => {
    const stop = makeStopRequest();
    const { stage, entry, count } = stageWith('probeable', async (context, calls) => {
      context.guard();
      if (calls > 1) return { answer: calls };
      stop.request();
      stop.request();
      return silent();
    });
    const result = await stage.start([entry], { stop });
    expect(result).toMatchObject({ verdict: 'paused', said: 'stopped in the middle of "Act on production"' });
    expect(stage.trail()).toEqual(['step.intent act', 'step.doubt act', 'run.paused', 'lock.released']);
    expect(stage.time.passed).toBe(0);
    expect(await stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(count()).toEqual({ calls: 2, asked: 2 });
  });

  it.each([
    ['in its time', 4_000, true],
    ['and no longer', 60_000, false],
  ])('E-72: lets a step that was cut off clear away %s', async (_, takes, isTidy) => {
    const stop = makeStopRequest();
    let cleared = false;
    const { stage, entry } = stageWith(
      'repeatable',
      async () => {
        stop.request();
        stop.request();
        await stage.time.sleep(takes);
        cleared = true;
        throw failure('untouched');
      },
      { tidiesMs: 12_000 },
    );
    expect(await stage.start([entry], { stop })).toMatchObject({ verdict: 'paused' });
    expect(cleared).toBe(isTidy);
    expect(stage.time.passed).toBe(isTidy ? takes : 12_000);
  });

  it('lets a step that was cut off send nothing any more', async () => {
    const stop = makeStopRequest();
    let late: unknown;
    const { stage, entry } = stageWith('probeable', async (context) => {
      stop.request();
      stop.request();
      await stage.time.sleep(1);
      try {
        context.guard();
      } catch (error) {
        late = error;
      }
      return silent();
    });
    await stage.start([entry], { stop });
    await stage.time.drive(stage.time.sleep(10));
    expect(late).toMatchObject({ code: 'E_INTENT_EXPIRED' });
  });

  it('does not begin an effect after the second request', async () => {
    const stop = makeStopRequest();
    const { stage, entry, count } = stageWith('probeable', done);
    const readSigns = async () => {
      stop.request();
      stop.request();
      return { missing: [] };
    };
    const sign = {
      kind: 'sign-off',
      name: 's',
      title: 'S',
      point: 1,
      roles: [],
      required: true,
      stop: 'safe',
    } as const;
    expect(await stage.start([sign, entry], { stop, readSigns })).toMatchObject({ verdict: 'paused' });
    expect(count().calls).toBe(0);
  });

  it('ends a settle wait and a question that never answers', async () => {
    const stop = makeStopRequest();
    const { stage, entry } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      seen: silent,
    });
    const work = stage.begin(planOf([entry]), { stop });
    stage.time.after(50_000, () => {
      stop.request();
      stop.request();
    });
    expect(await stage.time.drive(work)).toMatchObject({ verdict: 'paused' });
    expect(stage.time.passed).toBe(50_000);
    expect((await stage.state())?.entries.act?.state).toBe('intent');
  });
});

describe('a lock that is lost in the middle of a step', () => {
  it('F35: cuts the step off at the next renewal and records nothing more', async () => {
    const { stage, entry } = stageWith('probeable', silent);
    const taken = { run: 'r-2', actor: 'ben', reason: 'stuck', takeover: true };
    stage.time.after(20_000, () => void stage.open('ben').acquire('shop/production', taken));
    const result = await stage.start([entry]);
    expect(result).toMatchObject({ verdict: 'fenced', at: 'act', error: { code: 'E_FENCED' } });
    expect(stage.time.passed).toBe(30_000);
    expect(stage.trail()).toEqual(['step.intent act', 'lock.takeover']);
  });

  it('is no reason to stop while the store only cannot be reached', async () => {
    const { stage, entry } = stageWith('probeable', async () => {
      await stage.time.sleep(50_000);
      return { answer: 1 };
    });
    const { ledger } = stage;
    const shaky = {
      about: ledger.about,
      read: (scope: string) => ledger.read(scope),
      scopes: () => ledger.scopes(),
      holder: (scope: string) => ledger.holder(scope),
      acquire: ledger.acquire.bind(ledger),
      append: ledger.append.bind(ledger),
      renew: () => Promise.reject(new Error('no route')),
      release: ledger.release.bind(ledger),
      note: ledger.note.bind(ledger),
    };
    expect(await stage.start([entry], { ledger: shaky })).toMatchObject({ verdict: 'completed' });
  });
});
