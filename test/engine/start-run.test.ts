import { describe, expect, it } from 'vitest';
import { abandonRun, resumeRun, startRun } from '../../src/engine/start-run.ts';
import { gate } from '../../src/kit.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { planOf } from '../support/engine/plan-of.ts';
import { Stage } from '../support/engine/stage.ts';
import { failureOf } from '../support/failure-of.ts';

const SCOPE = 'shop/production';
const ENTRIES = [gate('smoke', 'Smoke')];
const planned = (change = {}) => ({ plan: planOf(ENTRIES, change), request: {}, configDigest: 'd' });
const NO = async () => ({ call: 'no-go' as const, counts: {}, because: [], said: '' });

/** A stage whose deploy r-1 was stopped by its gate. */
async function halfWay(): Promise<Stage> {
  const stage = new Stage();
  await stage.start(ENTRIES, { judgeGate: NO });
  return stage;
}

/** A ledger in which something happens just before the lock is taken. */
const justBefore = (stage: Stage, happens: () => Promise<unknown>): Ledger => {
  const { ledger } = stage;
  return {
    about: ledger.about,
    read: (scope) => ledger.read(scope),
    scopes: () => ledger.scopes(),
    holder: (scope) => ledger.holder(scope),
    acquire: async (scope, claim) => {
      await happens();
      return ledger.acquire(scope, claim);
    },
    append: (held, event) => ledger.append(held, event),
    renew: (held) => ledger.renew(held),
    release: (held, outcome) => ledger.release(held, outcome),
    note: (scope, event) => ledger.note(scope, event),
  };
};

describe('startRun', () => {
  it('takes the lock and stores the plan, the request and the digest before anything else', async () => {
    const stage = new Stage();
    const held = await startRun(stage.order(), planned());
    expect(held).toMatchObject({ run: 'r-1', scope: SCOPE, epoch: 1 });
    expect(stage.events().map((event) => event.type)).toEqual(['lock.acquired', 'run.planned']);
    expect(stage.events()[1]?.data).toEqual(planned());
  });

  it('asks a rollback for nothing that could not stop it: the lock is its first word', async () => {
    const stage = await halfWay();
    const asked: string[] = [];
    const ledger: Ledger = {
      ...justBefore(stage, async () => asked.push('acquire')),
      read: (scope) => {
        asked.push('read');
        return stage.ledger.read(scope);
      },
      holder: (scope) => {
        asked.push('holder');
        return stage.ledger.holder(scope);
      },
    };
    const held = await startRun({ ...stage.order('r-2'), ledger, preempt: 'rollback' }, planned());
    expect([held.run, asked]).toEqual(['r-2', ['acquire']]);
  });

  it('refuses while somebody is at work, and names them', async () => {
    const stage = new Stage();
    await startRun(stage.order(), planned());
    const error = await failureOf(startRun(stage.order('r-2', stage.open('ben')), planned()));
    expect(error.code).toBe('E_LOCKED');
    expect(error.text.what).toContain('ana');
  });

  it('refuses on top of a run that is half way, with the three ways on', async () => {
    const stage = await halfWay();
    const error = await failureOf(startRun(stage.order('r-2'), planned()));
    expect([error.code, error.text.state]).toEqual(['E_RUN_OPEN', 'partly-done']);
    for (const way of ['deploy --resume', 'rollback --to v2.0.3', '--abandon'])
      expect(error.text.next).toContain(way);
  });

  it('F02: refuses on top of a run whose process was killed, though its lock is free', async () => {
    const stage = new Stage();
    await startRun(stage.order(), planned());
    stage.store.gone.add('ana-laptop');
    const before = stage.events().length;
    const error = await failureOf(startRun(stage.order('r-2', stage.open('ben')), planned()));
    expect(error.code).toBe('E_RUN_OPEN');
    expect(stage.events()).toHaveLength(before);
  });

  it('refuses on top of a live run also when it is told to take the lock over', async () => {
    const stage = new Stage();
    await startRun(stage.order(), planned());
    const order = { ...stage.order('r-2', stage.open('ben')), takeover: true };
    expect((await failureOf(startRun(order, planned()))).code).toBe('E_RUN_OPEN');
    expect(await stage.ledger.holder(SCOPE)).toMatchObject({ run: 'r-1' });
  });

  it('gives the lock back when a run went half way between the look and the lock', async () => {
    const stage = new Stage();
    const ledger = justBefore(stage, () => stage.begin(planOf(ENTRIES), { judgeGate: NO }));
    const error = await failureOf(stage.time.drive(startRun(stage.order('r-2', ledger), planned())));
    expect(error.code).toBe('E_RUN_OPEN');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
  });

  it('refuses a plan that was made before another run, also when that run is completed', async () => {
    const stage = new Stage();
    await stage.start(ENTRIES);
    const order = { ...stage.order('r-2'), lastRun: '' };
    const error = await failureOf(startRun(order, planned()));
    expect([error.code, error.text.state]).toEqual(['E_PLAN_STALE', 'untouched']);
    expect(error.text.what).toContain('r-1');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
    expect(await startRun({ ...stage.order('r-2'), lastRun: 'r-1' }, planned())).toMatchObject({
      run: 'r-2',
    });
  });

  it('F38: lets a rollback start on a live deploy, and on one that is half way', async () => {
    const back = planned({ command: 'rollback' });
    const live = new Stage();
    await startRun(live.order(), planned());
    const order = { ...live.order('r-2', live.open('ben')), preempt: 'rollback' as const };
    expect(await startRun(order, back)).toMatchObject({ epoch: 2 });
    const half = await halfWay();
    expect(await startRun({ ...half.order('r-2'), preempt: 'rollback' }, back)).toMatchObject({ run: 'r-2' });
  });
});

describe('resumeRun', () => {
  it('refuses when nothing was interrupted, or only another command was', async () => {
    const stage = new Stage();
    expect((await failureOf(resumeRun(stage.order(), 'deploy'))).code).toBe('E_NOTHING_TO_RESUME');
    await stage.start(ENTRIES);
    expect((await failureOf(resumeRun(stage.order(), 'deploy'))).code).toBe('E_NOTHING_TO_RESUME');
    const half = await halfWay();
    expect((await failureOf(resumeRun(half.order(), 'rollback'))).code).toBe('E_NOTHING_TO_RESUME');
  });

  it('goes on with the stored plan under the same run, and the run is open again', async () => {
    const stage = await halfWay();
    expect((await stage.state())?.end).toBe('failed');
    const { held, state } = await resumeRun(stage.order(), 'deploy');
    expect(held).toMatchObject({ run: 'r-1', epoch: 2 });
    expect(state).toMatchObject({ run: 'r-1', plan: planned().plan, end: 'open' });
    expect(state).not.toHaveProperty('endedAt');
  });

  it('F75: lets one of two who resume at once go on', async () => {
    const stage = await halfWay();
    const both = [stage.ledger, stage.open('ben')].map((ledger) =>
      resumeRun(stage.order('', ledger), 'deploy'),
    );
    const answers = await Promise.allSettled(both);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = answers.find((answer) => answer.status === 'rejected');
    expect(lost?.reason).toMatchObject({ code: 'E_LOCKED' });
  });

  it('takes a live run over only on demand', async () => {
    const stage = new Stage();
    await startRun(stage.order(), planned());
    const ben = stage.order('', stage.open('ben'));
    expect((await failureOf(resumeRun(ben, 'deploy'))).code).toBe('E_LOCKED');
    const { held } = await resumeRun({ ...ben, takeover: true, reason: 'her laptop is lost' }, 'deploy');
    expect(held.epoch).toBe(2);
    expect(stage.events().at(-1)?.data).toMatchObject({ reason: 'her laptop is lost', from: 'r-1' });
  });

  it('gives the lock back when the run was abandoned between the look and the lock', async () => {
    const stage = await halfWay();
    const ledger = justBefore(stage, () => abandonRun(stage.order()));
    const error = await failureOf(resumeRun(stage.order('', ledger), 'deploy'));
    expect(error.code).toBe('E_NOTHING_TO_RESUME');
    expect(await stage.ledger.holder(SCOPE)).toBeUndefined();
    expect((await stage.state())?.end).toBe('abandoned');
  });

  it('F38: finds nothing once a rollback was started, even if that was completed', async () => {
    const stage = await halfWay();
    const back = stage.begin(planOf(ENTRIES, { command: 'rollback' }), {}, 'r-2', { preempt: 'rollback' });
    await stage.time.drive(back);
    expect((await failureOf(resumeRun(stage.order(), 'deploy'))).code).toBe('E_NOTHING_TO_RESUME');
  });
});

describe('abandonRun', () => {
  it('closes the run with its reason and leaves the lock free for a new one', async () => {
    const stage = await halfWay();
    expect(await abandonRun({ ...stage.order(), reason: 'we wait for Monday' })).toMatchObject({
      run: 'r-1',
    });
    expect(await stage.state()).toMatchObject({ end: 'abandoned', said: 'we wait for Monday' });
    expect((await failureOf(abandonRun(stage.order()))).code).toBe('E_NOTHING_TO_RESUME');
    expect(await startRun(stage.order('r-2'), planned())).toMatchObject({ run: 'r-2' });
  });

  it('refuses while the run is at work', async () => {
    const stage = new Stage();
    await startRun(stage.order(), planned());
    expect((await failureOf(abandonRun(stage.order('', stage.open('ben'))))).code).toBe('E_LOCKED');
    expect((await stage.state())?.end).toBe('open');
  });
});
