import { describe, expect, it } from 'vitest';
import { SmallShop } from '../support/engine/small-shop.ts';

const NAMES = new SmallShop().deploy().map(({ name }) => name);

/** A deploy that stands still behind `last`. */
async function standStill(last: string): Promise<SmallShop> {
  const shop = new SmallShop();
  await shop.stage.start(shop.deploy(), { until: last });
  shop.did.length = 0;
  shop.asked.length = 0;
  return shop;
}

const between = (first: string, last: string): readonly string[] =>
  NAMES.slice(NAMES.indexOf(first), NAMES.indexOf(last) + 1);

const NO = { call: 'no-go', counts: {}, because: ['smoke.login'], said: 'The login fails.' } as const;

describe('T37: a step that somebody with push rights writes as done', () => {
  it.each([
    { kind: 'a migration', step: 'migrate', last: 'backup' },
    { kind: 'the merge and the tag', step: 'merge-and-tag', last: 'schema-after' },
    { kind: 'a backup', step: 'backup', last: 'baseline' },
  ])('T37: is told and nothing is done on top of it where it is $kind', async ({ step, last }) => {
    const shop = await standStill(last);
    await shop.forge(step);
    const end = await shop.stage.resume();
    expect(end).toMatchObject({ verdict: 'failed', at: step, error: { code: 'E_NOT_AS_RECORDED' } });
    expect(end.error?.text).toMatchObject({
      what: expect.stringContaining(`"Do ${step}"`),
      next: expect.stringContaining('release rollback --to v2.0.3'),
      state: 'unclear',
    });
    expect(shop.did).toEqual([]);
    // And the next one asks again: the record of it is no better than before.
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'failed', at: step });
  });

  it('T37: is found as well where everything up to the last step is forged', async () => {
    const shop = await standStill('baseline');
    await shop.forge(...between('backup', 'gate-open'));
    expect(await shop.stage.resume()).toMatchObject({
      verdict: 'failed',
      at: 'backup',
      error: { code: 'E_NOT_AS_RECORDED' },
    });
    expect(shop.did).toEqual([]);
  });

  it('T37: is left to its proof where it is the publish: nobody is let in on the old version', async () => {
    const shop = await standStill('merge-and-tag');
    await shop.forge(...between('publish', 'gate-open'));
    const end = await shop.stage.resume();
    expect(end).toMatchObject({ verdict: 'failed', at: 'prove-live', said: 'The old version answers.' });
    expect(shop.there).not.toContain('maintenance-off');
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.did.filter((name) => name === 'publish')).toHaveLength(1);
    expect(shop.there).toContain('maintenance-off');
  });

  it('T37: is asked again where it is a decision: who waits for people waits for them', async () => {
    const shop = new SmallShop();
    const readSigns = async () => ({ missing: ['qa'] });
    await shop.stage.start(shop.deploy(), { readSigns });
    await shop.forge('decision-1');
    expect(await shop.stage.resume({ readSigns })).toMatchObject({ verdict: 'paused', at: 'decision-1' });
    expect(shop.did).toEqual([]);
  });

  it('T37: hides no NO-GO of decision 2, which nobody waits for', async () => {
    const shop = await standStill('gate-smoke');
    await shop.forge('decision-2');
    const readSigns = async ({ point }: { point: number }) =>
      point === 2 ? { missing: [], refusal: 'NO by Ben' } : { missing: [] };
    expect(await shop.stage.resume({ readSigns })).toMatchObject({ verdict: 'failed', at: 'decision-2' });
    expect(shop.there).not.toContain('maintenance-off');
  });

  it('T37: is run again where it is the smoke test, and its gate is asked before users are let in', async () => {
    const shop = await standStill('publish');
    await shop.forge(...between('prove-live', 'decision-2'));
    expect(await shop.stage.resume({ judgeGate: async () => NO })).toMatchObject({
      verdict: 'failed',
      at: 'gate-smoke',
    });
    expect(shop.did).toEqual(['prove-live', 'smoke']);
    expect(shop.there).not.toContain('maintenance-off');
  });

  it('T37: is looked at where it lets users in: behind the closed door everything is proven first', async () => {
    const shop = await standStill('publish');
    await shop.forge(...between('prove-live', 'gate-open'));
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.did).toEqual(['prove-live', 'smoke', 'maintenance-off']);
  });

  it('T37: is done in truth where it may be repeated, and what it should have noted is noted', async () => {
    const shop = await standStill('decision-1');
    await shop.forge('maintenance-on', 'baseline');
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.did.slice(0, 3)).toEqual(['maintenance-on', 'baseline', 'backup']);
  });
});

describe('T37: other entries of a stranger', () => {
  it('T37: a warning passes over nothing that must not fail', async () => {
    const shop = await standStill('backup');
    await shop.write({ step: 'migrate', type: 'step.warned', data: { code: 'E_TEST', said: 'never mind' } });
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.did).toContain('migrate');
  });

  it('T37: a GO in the name of a migration is a migration that nobody sees', async () => {
    const shop = await standStill('backup');
    const data = { gate: 'smoke', call: 'go', counts: {}, because: [] } as const;
    await shop.write({ step: 'migrate', type: 'gate.decided', data });
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'failed', at: 'migrate' });
  });

  it('T37: a second plan of the same run is not its plan', async () => {
    const shop = await standStill('backup');
    const state = await shop.stage.state();
    const plan = { ...state?.plan, entries: [] } as never;
    await shop.write({ type: 'run.planned', data: { plan, request: {}, configDigest: 'd' } });
    expect((await shop.stage.state())?.plan).toEqual(state?.plan);
  });
});

describe('a run that comes back honestly', () => {
  it('T37: asks nothing that it would not ask without interruption', async () => {
    const shop = new SmallShop();
    expect(await shop.stage.start(shop.deploy())).toMatchObject({ verdict: 'completed' });
    expect(shop.asked).toEqual([]);
    expect(new Set(shop.did).size).toBe(shop.did.length);
  });

  it.each([
    { last: 'baseline', again: ['maintenance-on', 'baseline'] },
    { last: 'backup', again: [] },
    { last: 'schema-after', again: ['schema-after'] },
    { last: 'publish', again: [] },
    { last: 'gate-smoke', again: ['prove-live', 'smoke'] },
    // What a gate judges that was not asked yet may be repeated, as always.
    { last: 'maintenance-off', again: ['maintenance-off'] },
  ])('T37: asks again behind $last what no effect has come on top of', async ({ last, again }) => {
    const shop = await standStill(last);
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    const ahead = NAMES.slice(NAMES.indexOf(last) + 1).filter((name) => !/^(gate|decision)-/.test(name));
    expect(shop.did).toEqual([...again, ...ahead]);
  });

  it('RBX-6.2, T37: opens again a door behind which a switch before it was done once more', async () => {
    const shop = await standStill('maintenance-off');
    const data = { attempt: 1, key: '', inputDigest: '' };
    await shop.write({ step: 'smoke', type: 'step.intent', data });
    await shop.forge('smoke');
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.did).toEqual(['prove-live', 'smoke', 'maintenance-off']);
  });

  it('T37: ends in doubt where the world gives no answer, says how to go on, and goes on when it does', async () => {
    const shop = await standStill('backup');
    shop.answers = { backup: { state: 'unclear', said: 'Neon is away' } };
    const end = await shop.stage.resume();
    expect(end).toMatchObject({ verdict: 'in-doubt', at: 'backup' });
    expect(end.said).toContain('Neon is away');
    expect(end.said).toContain('--vouch backup');
    expect((await shop.stage.state())?.end).toBe('paused');
    expect(shop.did).toEqual([]);
    shop.answers = {};
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
  });

  it('T37: goes on by the word of a person where the world gives no answer', async () => {
    const shop = await standStill('backup');
    shop.answers = { backup: 'silent' };
    expect(await shop.stage.resume({ vouched: new Set(['backup']) })).toMatchObject({ verdict: 'completed' });
    expect(shop.asked).not.toContain('backup');
  });

  it('F60, T37: waits until it must be shown before it calls a record wrong', async () => {
    const shop = await standStill('backup');
    shop.there.delete('backup');
    shop.stage.time.after(20_000, () => shop.there.add('backup'));
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
  });

  it('T37: notes nothing anew of a world that the effect in doubt has changed', async () => {
    for (const hasHappened of [true, false]) {
      const shop = await standStill('baseline');
      const data = { attempt: 1, key: '', inputDigest: '' };
      await shop.write({ step: 'backup', type: 'step.intent', data });
      if (hasHappened) shop.there.add('backup');
      expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
      expect(shop.did.includes('baseline')).toBe(!hasHappened);
      expect(shop.did.includes('backup')).toBe(!hasHappened);
    }
  });
});

describe('a rollback that comes back', () => {
  const standBack = async (): Promise<SmallShop> => {
    const shop = new SmallShop();
    const readSigns = async () => ({ missing: [] });
    await shop.stage.start(shop.rollback(), { until: 'restore-database', readSigns });
    shop.did.length = 0;
    return shop;
  };

  it('T37: lets users in while the git host is silent, and stays open until it has answered', async () => {
    const shop = await standBack();
    shop.answers = { 'restore-commit': 'silent' };
    const before = shop.stage.time.passed;
    let openAt = 0;
    const emit = (event: { type: string; name?: string }) => {
      if (event.type === 'step.done' && event.name === 'maintenance-off') openAt = shop.stage.time.passed;
    };
    expect(await shop.stage.resume({ emit })).toMatchObject({ verdict: 'in-doubt', at: 'restore-commit' });
    expect(openAt - before).toBeLessThan(100);
    shop.answers = {};
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.did.filter((name) => name === 'maintenance-off')).toHaveLength(1);
  });

  it('T37: says behind the open door that main does not have the tree which the record names', async () => {
    const shop = await standBack();
    shop.there.delete('restore-commit');
    expect(await shop.stage.resume()).toMatchObject({
      verdict: 'failed',
      at: 'restore-commit',
      error: { code: 'E_NOT_AS_RECORDED' },
    });
    expect(shop.there).toContain('maintenance-off');
  });

  it('T37: does not let users in on a database that nobody has restored', async () => {
    const shop = await standBack();
    shop.there.delete('restore-database');
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'failed', at: 'restore-database' });
    expect(shop.there).not.toContain('maintenance-off');
  });

  it('T37: waits 5 s at most for a host that does not say what it published', async () => {
    const shop = await standBack();
    shop.answers = { publish: 'silent' };
    const before = shop.stage.time.passed;
    expect(await shop.stage.resume()).toMatchObject({ verdict: 'completed' });
    expect(shop.stage.time.passed - before).toBeLessThan(6000);
  });
});
