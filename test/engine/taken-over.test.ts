import { describe, expect, it } from 'vitest';
import { gate, signOff } from '../../src/kit.ts';
import { makeWorldSteps, planOf, stepMap } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { Stage } from '../support/engine/stage.ts';
import { World } from '../support/engine/world.ts';
import { GO, ledgerWith, makeStage, NO, SCOPE } from './plan-stage.ts';

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
