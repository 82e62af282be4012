import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run as status } from '../../../src/cli/commands/status.ts';
import { addDays } from '../../../src/domain/calendar/dates.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

let world: PrepareWorld;

const standing = async () => {
  const { context } = makeTestContext({ command: 'status', flags: {} });
  const { result } = await status([], {}, { ...context, cwd: world.work });
  return (result.prepared as { day: string; candidate: string }[])[0];
};

/** The earliest day that is possible, by the clock of the machine; without a window any business day will do. */
async function findDay(): Promise<string> {
  const { result } = await world.prepare('v2.2.0', {}, { plan: true });
  return String(result.day);
}

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (!isReleaseError(error)) throw error;
      return error.code;
    },
  );

beforeEach(() => {
  world = makePrepareWorld();
});
afterEach(() => world.remove());

describe('another day for what is prepared', () => {
  it('PRE-33: is recorded with its dates, and nothing is pushed', async () => {
    const day = await findDay();
    const later = addDays(day, 7);
    await world.prepare('v2.2.0', { for: day });
    const before = world.refs();
    const looked = await world.prepare('v2.2.0', { for: later }, { plan: true });
    expect(looked.text).toMatch(/v2\.2\.0-rc\.1 stays/);
    expect(await standing()).toMatchObject({ day });
    const moved = await world.prepare('v2.2.0', { for: later });
    expect(moved).toMatchObject({ exitCode: 0, result: { day: later, was: day, tag: 'v2.2.0-rc.1' } });
    expect(moved.next).toEqual(['release notify rc-ready v2.2.0']);
    expect(world.refs()).toEqual(before);
    expect(await standing()).toMatchObject({ day: later, candidate: 'v2.2.0-rc.1' });
    expect((await world.prepare('v2.2.0', { for: later })).text).toContain('already');
  });

  it('PRE-33: goes for a candidate that came without a day, and the next candidate keeps it', async () => {
    await world.prepare('v2.2.0');
    const day = addDays(await findFirst(), 7);
    expect(await world.prepare('v2.2.0', { for: day })).toMatchObject({ result: { was: null, day } });
    world.checkout('release/v2.2.0');
    world.push('fix.txt', 'fix', 'fix: late');
    expect(await world.prepare('v2.2.0')).toMatchObject({ result: { tag: 'v2.2.0-rc.2', day } });
    expect(await standing()).toMatchObject({ day, candidate: 'v2.2.0-rc.2' });
  });

  it('E-01: is refused where it leaves less than seven business days since the first candidate', async () => {
    const day = await findDay();
    await world.prepare('v2.2.0', { for: day });
    expect(await refusal(world.prepare('v2.2.0', { for: addDays(day, -1) }))).toBe('E_DAY');
    expect(await standing()).toMatchObject({ day });
  });

  it('PRE-26: moves the freeze with it', async () => {
    world.remove();
    world = makePrepareWorld('freeze: { businessDays: 7 }');
    const day = await findDay();
    await world.prepare('v2.2.0', { for: day });
    await world.prepare('v2.2.0', { for: addDays(day, 14) });
    world.checkout('release/v2.2.0');
    world.push('fix.txt', 'fix', 'fix: late');
    expect(await world.prepare('v2.2.0', {}, { plan: true })).toMatchObject({ exitCode: 0 });
    expect(await refusal(world.prepare('v2.2.0', { for: day }, { plan: true }))).toBe('E_FROZEN');
  });
});

/** The earliest day, once there is a candidate: `findDay` would find nothing to do. */
async function findFirst(): Promise<string> {
  const { result } = await world.prepare('v2.3.0', {}, { plan: true });
  return String(result.day);
}
