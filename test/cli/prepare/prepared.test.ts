import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { run as status } from '../../../src/cli/commands/status.ts';
import { addDays } from '../../../src/domain/calendar/dates.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

let world: PrepareWorld;
/** v2.2.0 is prepared for the earliest day that is possible: by the clock of the machine, since no window says otherwise. */
let dated: PrepareWorld;
let day: string;

const look = async () => {
  const { context } = makeTestContext({ command: 'status', flags: {} });
  return status([], {}, { ...context, cwd: world.work });
};

const standing = async () => {
  const { result } = await look();
  return (result.prepared as { day: string; candidate: string }[])[0];
};

const findDay = async (of: PrepareWorld): Promise<string> =>
  String((await of.prepare('v2.2.0', {}, { plan: true })).result.day);

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (!isReleaseError(error)) throw error;
      return error.code;
    },
  );

beforeAll(async () => {
  dated = makePrepareWorld();
  day = await findDay(dated);
  await dated.prepare('v2.2.0', { for: day });
});
afterEach(() => world.remove());
afterAll(() => dated.remove());

const fixLate = (): string => {
  world.checkout('release/v2.2.0');
  return world.push('fix.txt', 'fix', 'fix: late');
};

describe('what status says of what is prepared', () => {
  it('PRE-33: names the candidate, its planned day and what is due', async () => {
    world = dated.copy();
    const { text, result } = await look();
    expect(text).toContain('prepared     v2.2.0-rc.1, planned for ');
    expect(text).toMatch(/(?:today is|next) T-\d/);
    expect(result.prepared).toMatchObject([{ version: 'v2.2.0', candidate: 'v2.2.0-rc.1', day }]);
  });

  it('PRE-33: a second candidate keeps the day that was planned', async () => {
    world = dated.copy();
    fixLate();
    await world.prepare('v2.2.0');
    expect((await look()).result.prepared).toMatchObject([{ candidate: 'v2.2.0-rc.2', day }]);
  });

  it('PRE-33: nothing while nothing is prepared, and no day that nobody chose', async () => {
    world = makePrepareWorld();
    expect((await look()).text).not.toContain('prepared');
    await world.prepare('v2.2.0');
    expect((await look()).text).toContain('v2.2.0-rc.1, no day is planned');
  });
});

describe('another day for what is prepared', () => {
  it('PRE-33: is recorded with its dates, and nothing is pushed', async () => {
    world = dated.copy();
    const later = addDays(day, 7);
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
    world = makePrepareWorld();
    await world.prepare('v2.2.0');
    const later = addDays(await findFirst(), 7);
    const moved = await world.prepare('v2.2.0', { for: later });
    expect(moved).toMatchObject({ result: { was: null, day: later } });
    fixLate();
    expect(await world.prepare('v2.2.0')).toMatchObject({ result: { tag: 'v2.2.0-rc.2', day: later } });
    expect(await standing()).toMatchObject({ day: later, candidate: 'v2.2.0-rc.2' });
  });

  it('E-01: is refused where it leaves less than seven business days since the first candidate', async () => {
    world = dated.copy();
    expect(await refusal(world.prepare('v2.2.0', { for: addDays(day, -1) }))).toBe('E_DAY');
    expect(await standing()).toMatchObject({ day });
  });

  it('PRE-26: moves the freeze with it', async () => {
    world = makePrepareWorld('freeze: { businessDays: 7 }');
    const first = await findDay(world);
    await world.prepare('v2.2.0', { for: first });
    await world.prepare('v2.2.0', { for: addDays(first, 14) });
    fixLate();
    expect(await world.prepare('v2.2.0', {}, { plan: true })).toMatchObject({ exitCode: 0 });
    expect(await refusal(world.prepare('v2.2.0', { for: first }, { plan: true }))).toBe('E_FROZEN');
  });
});

/** The earliest day, once there is a candidate: `findDay` would find nothing to do. */
async function findFirst(): Promise<string> {
  const { result } = await world.prepare('v2.3.0', {}, { plan: true });
  return String(result.day);
}
