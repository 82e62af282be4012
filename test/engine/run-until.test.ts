import { describe, expect, it } from 'vitest';
import { findNextEntry } from '../../src/ledger/find-next-entry.ts';
import { makeWorldSteps, stepMap } from '../support/engine/plan-of.ts';
import { Process } from '../support/engine/process.ts';
import { Stage } from '../support/engine/stage.ts';
import { World } from '../support/engine/world.ts';

function makeStage() {
  const stage = new Stage();
  const world = new World(stage.time);
  const steps = makeWorldSteps(world, new Process(stage.time));
  for (const [id, step] of stepMap(steps)) stage.steps.set(id, step);
  const act = (name: string) => steps.probeable.with({ name }, { name });
  return { stage, world, entries: ['one', 'two', 'three'].map(act) };
}

describe('a run that is asked to stand still behind an entry', () => {
  it('does what comes before and this one, records that it waits, and gives its lock back', async () => {
    const { stage, world, entries } = makeStage();
    const result = await stage.start(entries, { until: 'two' });
    expect(result).toMatchObject({ verdict: 'reached', at: 'two' });
    expect(world.landings.map(({ step }) => step)).toEqual(['one', 'two']);
    const state = await stage.state();
    expect(state?.end).toBe('paused');
    expect(state && findNextEntry(state)?.name).toBe('three');
    expect(await stage.ledger.holder('shop/production')).toBeUndefined();
  });

  it('does nothing more when that one is done already', async () => {
    const { stage, world, entries } = makeStage();
    await stage.start(entries, { until: 'two' });
    expect(await stage.resume({ until: 'one' })).toMatchObject({ verdict: 'reached', at: 'one' });
    expect(await stage.resume({ until: 'two' })).toMatchObject({ verdict: 'reached', at: 'two' });
    expect(world.landings).toHaveLength(2);
  });

  it('is completed with its last entry', async () => {
    const { stage, world, entries } = makeStage();
    await stage.start(entries, { until: 'one' });
    await stage.resume({ until: 'two' });
    expect(await stage.resume({ until: 'three' })).toMatchObject({ verdict: 'completed' });
    expect(world.landings.map(({ step }) => step)).toEqual(['one', 'two', 'three']);
  });
});
