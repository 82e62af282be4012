import { describe, expect, it } from 'vitest';
import { gate, signOff } from '../../src/kit.ts';
import { KillStage } from '../support/engine/kill-stage.ts';
import type { WorldSteps } from '../support/engine/plan-of.ts';
import type { RequestFate } from '../support/engine/world.ts';

const makeEntries = (steps: WorldSteps) => [
  steps.read.with({ name: 'look' }, { name: 'look' }),
  gate('preflight', 'Preflight'),
  signOff(1, 'Go or not', ['qa'], true),
  steps.probeable.with({ name: 'announce' }, { name: 'announce', onFailure: 'warn' }),
  steps.repeatable.with({ name: 'maintenance-on' }, { name: 'maintenance-on' }),
  steps.probeable.with({ name: 'migrate' }, { name: 'migrate' }),
  steps.unprobeable.with({ name: 'mail' }, { name: 'mail' }),
  steps.probeable.with({ name: 'publish' }, { name: 'publish' }),
  gate('post-deploy', 'Afterwards'),
];

const PROBEABLE = ['announce', 'migrate', 'publish'];

const onlyAt = (at: number) => (point: number) => (point === at ? ('die' as const) : ('go' as const));

/** What must be true of a stage whose run was completed after however many kills. */
function expectOnce(stage: KillStage, what: string): void {
  for (const step of PROBEABLE)
    expect(`${what}: ${step} ${stage.world.count(step)}`).toBe(`${what}: ${step} 1`);
  expect(stage.world.count('maintenance-on')).toBeGreaterThanOrEqual(1);
  expect(stage.world.count('mail')).toBeLessThanOrEqual(1);
}

async function countPoints(fateOf?: () => RequestFate): Promise<number> {
  let last = 0;
  const end = await new KillStage(makeEntries, fateOf).live((point) => {
    last = point;
    return 'go';
  });
  expect(end).toMatchObject({ verdict: 'completed' });
  return last;
}

/** How requests behave, each a row of the fault list. */
const WORLDS: readonly (readonly [string, RequestFate])[] = [
  ['F06: whose request lands long after its sender died', { landsAfter: 29_000, answersAfter: 29_500 }],
  ['F07: whose effect is there at once and whose answer comes late', { landsAfter: 1, answersAfter: 9000 }],
  ['F08: whose answer comes at once', { landsAfter: 1, answersAfter: 2 }],
];

describe('a run that is killed', () => {
  for (const [title, fate] of WORLDS) {
    it(`${title} has every effect once, at whichever point it is killed`, async () => {
      const points = await countPoints(() => fate);
      expect(points).toBeGreaterThan(60);
      for (let at = 1; at <= points; at += 1) {
        const stage = new KillStage(makeEntries, () => fate);
        expect(await stage.live(onlyAt(at))).toBe('killed');
        const resumed = await stage.live(() => 'go');
        expect(resumed).toMatchObject({ verdict: 'completed' });
        expect(stage.state()?.end).toBe('completed');
        expectOnce(stage, `killed at ${at}`);
      }
    });
  }

  it('F12: has every effect once when each of its resumes is killed as well', async () => {
    const fate = { landsAfter: 20_000, answersAfter: 20_500 };
    const points = await countPoints(() => fate);
    for (let first = 1; first <= points; first += 5) {
      for (let second = 1; second <= points; second += 7) {
        const stage = new KillStage(makeEntries, () => fate);
        await stage.live(onlyAt(first));
        await stage.live(onlyAt(second));
        await stage.live(onlyAt(second + 2));
        expect(await stage.live(() => 'go')).toMatchObject({ verdict: 'completed' });
        expect(stage.state()?.end).toBe('completed');
        expectOnce(stage, `killed at ${first}, ${second}, ${second + 2}`);
      }
    }
  });

  it.each([
    ['F10: waits from the intent, not from the resume, on the same machine', 'h-1', 5000],
    ['F32: waits from its own lock on another machine, whose clock may be wrong', 'h-2', 45_000],
  ])('%s', async (_, host, waits) => {
    const stage = new KillStage(makeEntries, () => ({ landsAfter: 1, answersAfter: 2 }));
    await stage.live(() => (stage.world.count('migrate') === 1 ? 'die' : 'go'), 'h-1');
    const intended = stage.time.passed;
    await stage.time.drive(stage.time.sleep(40_000));
    await stage.live(() => 'go', host);
    const published = stage.world.landings.find((one) => one.step === 'publish')?.at ?? 0;
    expect(published - intended - 40_000).toBeGreaterThan(waits - 100);
    expect(published - intended - 40_000).toBeLessThan(waits + 1000);
  });

  it('F10: waits no longer in all when it is killed during its wait', async () => {
    const stage = new KillStage(makeEntries, () => ({ landsAfter: 1, answersAfter: 2 }));
    await stage.live(() => (stage.world.count('migrate') === 1 ? 'die' : 'go'), 'h-1');
    const intended = stage.time.passed;
    await stage.live(() => (stage.time.passed > intended + 10_000 ? 'die' : 'go'), 'h-1');
    await stage.live(() => (stage.time.passed > intended + 30_000 ? 'die' : 'go'), 'h-1');
    await stage.live(() => 'go', 'h-1');
    const published = stage.world.landings.find((one) => one.step === 'publish')?.at ?? 0;
    expect(published - intended).toBeGreaterThan(44_900);
    expect(published - intended).toBeLessThan(46_000);
    expectOnce(stage, 'killed twice while it waited');
  });
});

describe('a run that freezes', () => {
  it('F27, F28: sends nothing once its intent is old, wherever it froze, and goes on by itself', async () => {
    const points = await countPoints();
    for (let at = 1; at <= points; at += 1) {
      const stage = new KillStage(makeEntries);
      const result = await stage.live((point) => (point === at ? 300_000 : 'go'));
      expect(result).toMatchObject({ verdict: 'completed' });
      expectOnce(stage, `frozen at ${at}`);
      expect(stage.world.count('mail')).toBe(1);
    }
  });
});
