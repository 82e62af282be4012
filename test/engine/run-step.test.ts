import { describe, expect, it } from 'vitest';
import { USUAL_TIMES } from '../../src/engine/run-tools.ts';
import type { StepContext } from '../../src/kit.ts';
import { failure, stageWith } from '../support/engine/stage-with.ts';

describe('an effect', () => {
  it('follows a durable intent, and its answer becomes a fact', async () => {
    let seen: readonly string[] = [];
    const { stage, entry } = stageWith('probeable', async (context) => {
      context.guard();
      seen = stage.trail();
      return { answer: 42 };
    });
    const result = await stage.start([entry]);
    expect(seen).toEqual(['step.intent act']);
    expect(result).toMatchObject({ verdict: 'completed', facts: { act: { answer: 42 } } });
    expect(stage.trail()).toEqual(['step.intent act', 'step.done act', 'run.finished', 'lock.released']);
  });

  it('is told who runs it, since when, and for the how manieth time', async () => {
    let context: StepContext | undefined;
    const { stage, entry } = stageWith('probeable', async (given) => {
      context = given;
      return { answer: 1 };
    });
    await stage.start([entry]);
    const intent = stage.events().find((event) => event.type === 'step.intent');
    expect(context).toMatchObject({
      run: 'r-1',
      step: 'act',
      scope: 'shop/production',
      epoch: 1,
      attempt: 1,
    });
    expect(context?.intentAt).toBe(intent?.at);
  });

  it('F28: is recorded again when the machine slept after the intent, and sent once', async () => {
    const { stage, entry, count } = stageWith('probeable', async (context, attempt) => {
      if (attempt === 1) await stage.time.sleep(USUAL_TIMES.intentMs);
      context.guard();
      return { answer: attempt };
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed', facts: { act: { answer: 2 } } });
    expect(stage.trail().slice(0, 3)).toEqual(['step.intent act', 'step.intent act', 'step.done act']);
    expect(count()).toEqual({ calls: 2, asked: 0 });
  });

  it('F31: goes out when the preparation stayed within the limit', async () => {
    const { stage, entry, count } = stageWith('probeable', async (context) => {
      await stage.time.sleep(USUAL_TIMES.intentMs - 1);
      context.guard();
      return { answer: 1 };
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed' });
    expect(count().calls).toBe(1);
  });

  it('F32: does not go out when either clock says that the intent is old', async () => {
    for (const jump of [3_600_000, USUAL_TIMES.intentMs]) {
      let skew = 0;
      const { stage, entry, count } = stageWith('probeable', async (context, attempt) => {
        if (attempt === 1) skew = jump;
        context.guard();
        return { answer: attempt };
      });
      const clock = stage.time.clock(() => skew);
      expect(await stage.start([entry], { clock })).toMatchObject({ verdict: 'completed' });
      expect(count().calls).toBe(2);
    }
  });

  it('fails as untouched when its guard refuses five times', async () => {
    const { stage, entry, count } = stageWith('probeable', async (context) => {
      await stage.time.sleep(USUAL_TIMES.intentMs);
      context.guard();
      return { answer: 1 };
    });
    const result = await stage.start([entry]);
    expect(result).toMatchObject({ verdict: 'failed', at: 'act', error: { code: 'E_INTENT_EXPIRED' } });
    expect(count()).toEqual({ calls: 5, asked: 0 });
  });

  it('is asked about when the guard refused its second request, because the first has left', async () => {
    const { stage, entry, count } = stageWith('probeable', async (context) => {
      context.guard();
      await stage.time.sleep(USUAL_TIMES.intentMs);
      context.guard();
      return { answer: 1 };
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'failed' });
    expect(count()).toEqual({ calls: 1, asked: 2 });
  });

  it('is told by a guard that throws before it is a promise', async () => {
    const { stage, entry, count } = stageWith('probeable', (_, attempt) => {
      if (attempt === 1) throw failure('untouched');
      return Promise.resolve({ answer: 1 });
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'failed', error: { code: 'E_TEST' } });
    expect(count()).toEqual({ calls: 1, asked: 0 });
    expect(await stage.resume()).toMatchObject({ verdict: 'completed' });
  });
});
