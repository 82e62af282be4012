import { describe, expect, it } from 'vitest';
import { resumeRun, startRun } from '../../src/engine/start-run.ts';
import { type FateAt, KillStage } from '../support/engine/kill-stage.ts';
import { planOf, type WorldSteps } from '../support/engine/plan-of.ts';
import { silent, stageWith } from '../support/engine/stage-with.ts';
import type { RequestFate } from '../support/engine/world.ts';
import { failureOf } from '../support/failure-of.ts';

const SCOPE = 'shop/production';
const onlyMigrate = (steps: WorldSteps) => [steps.probeable.with({ name: 'migrate' }, { name: 'migrate' })];
const ANSWERED: RequestFate = { landsAfter: 1, answersAfter: 2 };
const LOST: RequestFate = { landsAfter: 1 };
const goes: FateAt = () => 'go';
const diesAt =
  (name: string): FateAt =>
  (_, point) =>
    point === name ? 'die' : 'go';

/** How the one step of the run was recorded as done, and how often its request left. */
function account(stage: KillStage) {
  const done = stage.store.of(SCOPE).events.find((event) => event.type === 'step.done');
  return { how: done?.data.how, sent: stage.world.sent.length, landed: stage.world.count('migrate') };
}

describe('a run that is killed at one point of a step', () => {
  it.each([
    { row: 'F03', point: 'before append step.intent', fate: ANSWERED, how: 'effect' },
    { row: 'F04', point: 'after append step.intent', fate: ANSWERED, how: 'effect' },
    { row: 'F05', point: 'prepare', fate: ANSWERED, how: 'effect' },
    { row: 'F06', point: 'before renew', fate: { landsAfter: 29_000 }, how: 'inspected' },
    { row: 'F07', point: 'before renew', fate: LOST, how: 'inspected' },
    { row: 'F08', point: 'before append step.done', fate: ANSWERED, how: 'inspected' },
    { row: 'F09', point: 'after append step.done', fate: ANSWERED, how: 'effect' },
  ])('$row: sends once and records it as $how when it dies $point', async ({ point, fate, how }) => {
    const stage = new KillStage(onlyMigrate, () => fate);
    expect(await stage.live(diesAt(point))).toBe('killed');
    expect(await stage.live(goes)).toMatchObject({ verdict: 'completed' });
    expect(account(stage)).toEqual({ how, sent: 1, landed: 1 });
  });

  it.each([
    { row: 'F10', point: 'before sleep' },
    { row: 'F11', point: 'ask' },
  ])('$row: asks again, and sends nothing, when the resume dies as well ($point)', async ({ point }) => {
    const stage = new KillStage(onlyMigrate, () => LOST);
    await stage.live(diesAt('before renew'));
    expect(await stage.live(diesAt(point))).toBe('killed');
    expect(await stage.live(goes)).toMatchObject({ verdict: 'completed' });
    expect(account(stage)).toEqual({ how: 'inspected', sent: 1, landed: 1 });
  });

  it('F01: leaves nothing behind when it dies before it has the lock', async () => {
    const stage = new KillStage(onlyMigrate);
    expect(await stage.live(diesAt('before acquire'))).toBe('killed');
    expect(stage.store.of(SCOPE).events).toEqual([]);
    expect(await stage.live(goes)).toMatchObject({ verdict: 'completed' });
    expect(account(stage)).toEqual({ how: 'effect', sent: 1, landed: 1 });
  });

  it('F02: leaves no run behind when it dies with the lock and without a plan', async () => {
    const stage = new KillStage(onlyMigrate);
    expect(await stage.live(diesAt('after acquire'))).toBe('killed');
    expect(stage.state()).toBeUndefined();
    expect(await stage.live(goes)).toMatchObject({ verdict: 'completed' });
    expect(stage.store.of(SCOPE).events.map(({ type }) => type)).toContain('lock.takeover');
  });
});

describe('F77: a rollback that is killed', () => {
  const back = (steps: WorldSteps) => [
    steps.probeable.with({ name: 'tell' }, { name: 'tell', onFailure: 'warn' }),
    steps.probeable.with({ name: 'redeploy' }, { name: 'redeploy' }),
    steps.repeatable.with({ name: 'maintenance-off' }, { name: 'maintenance-off' }),
  ];
  const make = () => new KillStage(back, () => ({ landsAfter: 15_000, answersAfter: 15_500 }), 'rollback');

  it('F77: has every effect once, at whichever point it is killed', async () => {
    let points = 0;
    await make().live((point) => {
      points = point;
      return 'go';
    });
    expect(points).toBeGreaterThan(25);
    for (let at = 1; at <= points; at += 1) {
      const stage = make();
      expect(await stage.live((point) => (point === at ? 'die' : 'go'))).toBe('killed');
      expect(await stage.live(goes)).toMatchObject({ verdict: 'completed' });
      expect([at, stage.world.count('redeploy'), stage.state()?.end]).toEqual([at, 1, 'completed']);
      expect(stage.world.count('tell')).toBeLessThanOrEqual(1);
    }
  });

  it('F77: is itself taken back by another one, whose plan is its own; while it lives, that one waits', async () => {
    const { stage } = stageWith('probeable', silent);
    const first = { plan: planOf([], { command: 'rollback' }), request: {}, configDigest: 'd' };
    await startRun({ ...stage.order('r-1'), preempt: 'rollback' }, first);
    const again = { ...stage.order('r-2', stage.open('ben')), preempt: 'rollback' as const };
    expect((await failureOf(startRun(again, first))).code).toBe('E_LOCKED');
    stage.store.gone.add('ana-laptop');
    expect(await startRun(again, first)).toMatchObject({ run: 'r-2', epoch: 2 });
    expect((await failureOf(resumeRun(stage.order('r-1'), 'rollback'))).code).toBe('E_LOCKED');
  });
});

describe('F34: two who take the same live run over at once', () => {
  it('F34, F35: get an epoch each; the later one goes on, and nobody else sends anything', async () => {
    const { stage, entry, count } = stageWith('probeable', async (context, calls) => {
      context.guard();
      return calls === 1 ? silent() : { answer: calls };
    });
    const living = stage.begin(planOf([entry]));
    const take = async (actor: string) => {
      const ledger = stage.open(actor);
      const order = { ...stage.order('', ledger), takeover: true, reason: `${actor} goes on` };
      const { held, state } = await resumeRun(order, 'deploy');
      return { held, result: await stage.carry(state.plan, held.run, { held, ledger }) };
    };
    const both = stage.time.sleep(5000).then(() => Promise.all([take('ben'), take('cleo')]));
    const [first, [ben, cleo]] = await stage.time.drive(Promise.all([living, both]));
    expect([ben.held.epoch, cleo.held.epoch].sort()).toEqual([2, 3]);
    const [loser, winner] = ben.held.epoch === 2 ? [ben, cleo] : [cleo, ben];
    expect(first).toMatchObject({ verdict: 'fenced' });
    expect(loser.result).toMatchObject({ verdict: 'fenced' });
    expect(winner.result).toMatchObject({ verdict: 'completed' });
    expect(count().calls).toBe(2);
  });
});
