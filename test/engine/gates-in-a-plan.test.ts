import { describe, expect, it } from 'vitest';
import { gate, ReleaseError } from '../../src/kit.ts';
import { GO, ledgerWith, makeStage, NO } from './plan-stage.ts';

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
