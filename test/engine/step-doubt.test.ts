import { describe, expect, it } from 'vitest';
import { USUAL_TIMES } from '../../src/engine/run-tools.ts';
import { failure, silent, stageWith } from '../support/engine/stage-with.ts';

describe('an effect without an answer', () => {
  it('F56: is cut off at its time limit, settled from its intent, asked about twice and failed when absent', async () => {
    const { stage, entry, count } = stageWith('probeable', silent);
    const result = await stage.start([entry]);
    expect(result).toMatchObject({ verdict: 'failed', error: { code: 'E_STEP_TIMEOUT' } });
    expect(count()).toEqual({ calls: 1, asked: 2 });
    expect(stage.time.passed).toBe(60_000 + USUAL_TIMES.askAgainMs);
  });

  it('F06: waits until it can no longer land before it asks', async () => {
    let askedAt = 0;
    const { stage, entry } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      seen: async (at) => {
        askedAt = at.time.passed;
        return { state: 'done', done: { answer: 7 } };
      },
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed', facts: { act: { answer: 7 } } });
    expect(askedAt).toBe(USUAL_TIMES.intentMs + 30_000);
    expect(stage.told.map((event) => event.type)).toContain('step.settling');
    const last = stage.events().find((event) => event.type === 'step.done');
    expect(last?.data).toMatchObject({ how: 'inspected' });
  });

  it('is asked again while it is under way, with the lock kept alive', async () => {
    const { stage, entry, count } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      timeoutMs: 600_000,
      seen: async (_, asked) =>
        asked < 50 ? { state: 'underway', said: 'building' } : { state: 'done', done: { answer: 1 } },
    });
    let renewals = 0;
    const { ledger } = stage;
    const renew = async (held: Parameters<typeof ledger.renew>[0]) => {
      renewals += 1;
      await ledger.renew(held);
    };
    const kept = Object.assign(Object.create(ledger), {
      append: ledger.append.bind(ledger),
      read: ledger.read.bind(ledger),
      release: ledger.release.bind(ledger),
      renew,
    });
    expect(await stage.start([entry], { ledger: kept })).toMatchObject({ verdict: 'completed' });
    expect(count().asked).toBe(50);
    expect(renewals).toBeGreaterThanOrEqual(Math.floor((45_000 + 49 * 2000) / 15_000) - 1);
  });

  it('F60: believes "absent" only when it is said twice', async () => {
    const { stage, entry, count } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      seen: async (_, asked) => (asked === 1 ? { state: 'absent' } : { state: 'done', done: { answer: 1 } }),
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed' });
    expect(count()).toEqual({ calls: 1, asked: 2 });
  });

  it.each([
    ['F59: fails', () => Promise.reject(new Error('no route')), 'the question failed'],
    ['is never answered', silent, 'the question got no answer in time'],
    [
      'says it does not know',
      async () => ({ state: 'unclear' as const, said: 'two of them' }),
      'two of them',
    ],
  ])('is in doubt when the question %s, and never taken for absent', async (_, seen, said) => {
    const { stage, entry, count } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      seen,
    });
    const result = await stage.start([entry]);
    expect(result).toMatchObject({ verdict: 'in-doubt', at: 'act' });
    expect(result.said).toContain(said);
    expect(count()).toEqual({ calls: 1, asked: 1 });
    expect(stage.trail()).toEqual(['step.intent act', 'step.doubt act', 'run.paused', 'lock.released']);
  });

  it('is in doubt when it stays under way beyond its time', async () => {
    const { stage, entry } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      seen: async () => ({ state: 'underway', said: 'building' }),
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'in-doubt' });
  });

  it('fails at once where it may simply be repeated', async () => {
    const { stage, entry, count } = stageWith('repeatable', () => Promise.reject(failure('unclear')));
    expect(await stage.start([entry])).toMatchObject({ verdict: 'failed' });
    expect(count()).toEqual({ calls: 1, asked: 0 });
  });

  it('breaks with its name when the step throws what is none of ours, and is asked about', async () => {
    const { stage, entry, count } = stageWith('probeable', () =>
      Promise.reject(new TypeError('x of undefined')),
    );
    const result = await stage.start([entry]);
    expect(result).toMatchObject({ verdict: 'failed', error: { code: 'E_STEP_BROKE' } });
    expect(result.said).toContain('"Act on production" broke: x of undefined');
    expect(count().asked).toBe(2);
  });
});

describe('a step that nobody can ask about', () => {
  const lost = () => Promise.reject(failure('unclear'));

  it('is passed over when the answer to the doubt is skip', async () => {
    const { stage, entry, count } = stageWith('unprobeable', lost, { onDoubt: 'skip' });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed' });
    expect(count()).toEqual({ calls: 1, asked: 0 });
    const done = stage.events().find((event) => event.type === 'step.done');
    expect(done?.data).toMatchObject({ how: 'skipped' });
  });

  it('is sent once more, and not for as long as its service stays silent, when the answer is repeat', async () => {
    const { stage, entry, count } = stageWith('unprobeable', lost, { onDoubt: 'repeat' });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'in-doubt' });
    expect(count().calls).toBe(2);
  });

  it('knows at its repetition that it is one', async () => {
    const attempts: number[] = [];
    const { stage, entry } = stageWith(
      'unprobeable',
      async ({ attempt }, calls) => {
        attempts.push(attempt);
        if (calls === 1) throw failure('unclear');
        return { answer: 1 };
      },
      { onDoubt: 'repeat' },
    );
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed' });
    expect(attempts).toEqual([1, 2]);
  });

  it('stops the run in doubt when a person must look', async () => {
    const { stage, entry } = stageWith('unprobeable', lost, { onDoubt: 'ask' });
    const result = await stage.start([entry]);
    expect(result).toMatchObject({ verdict: 'in-doubt' });
    expect(result.said).toContain('nobody can ask whether "Act on production" happened');
  });
});

describe('a step that only warns', () => {
  it.each([
    ['untouched', 'E_TEST'],
    ['partly-done', 'E_TEST'],
  ] as const)('is warned about when it failed %s, and the run goes on', async (state, code) => {
    const { stage, entry } = stageWith('probeable', () => Promise.reject(failure(state)), { warns: true });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed' });
    expect(stage.told).toContainEqual(expect.objectContaining({ type: 'step.warned', name: 'act', code }));
  });

  it('F78: neither waits nor stops when the service does not answer, not even to the question', async () => {
    const { stage, entry } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      warns: true,
      seen: () => Promise.reject(new Error('down')),
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed' });
    expect(stage.time.passed).toBe(0);
    expect(stage.trail()[1]).toBe('step.warned act');
  });

  it('counts as done when the question finds it', async () => {
    const { stage, entry } = stageWith('probeable', () => Promise.reject(failure('unclear')), {
      warns: true,
      seen: async () => ({ state: 'done', done: { answer: 3 } }),
    });
    expect(await stage.start([entry])).toMatchObject({ verdict: 'completed', facts: { act: { answer: 3 } } });
  });
});
