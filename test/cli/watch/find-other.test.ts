import { describe, expect, it } from 'vitest';
import { findOther } from '../../../src/cli/watch/find-other.ts';
import { findRelease } from '../../../src/cli/watch/find-release.ts';
import { makeLeapingClock } from '../../support/leaping-clock.ts';
import { makeCliWorld } from '../cli-world.ts';

type World = ReturnType<typeof makeCliWorld>;
type Live = () => Promise<{ version: string; latencyMs: number }>;

/** Begins to watch v2.1.0; then something happens, and it is asked whether that is still the release. */
async function ask(happen: (past: World['past']) => Promise<unknown>, then?: Live) {
  let live: Live = async () => ({ version: '2.1.0', latencyMs: 1 });
  const world = makeCliWorld({ live: () => live() });
  const { past } = world;
  const wired = { ...world.wired, clock: makeLeapingClock().clock };
  await past('deploy', ['v2.0.3', 'v2.1.0']);
  const watched = await findRelease(undefined, wired, 0);
  await happen(past);
  live = then ?? live;
  return findOther(watched, wired);
}

const down: Live = async () => Promise.reject(new Error('nothing answers'));

describe('whether the release that is watched is still the one', () => {
  it('is so while nothing else happened, also when the application does not answer', async () => {
    expect(await ask(async () => undefined)).toEqual({});
    expect(await ask(async () => undefined, down)).toEqual({});
  });

  it.each(['deploy', 'rollback'] as const)('is not, while a later %s is under way', async (command) => {
    expect(await ask((past) => past(command, ['v2.1.0', 'v2.2.0'], 'open'))).toEqual({
      other: `another run is under way: ${command} of v2.2.0 (r-past-2)`,
    });
  });

  it('is so while another release is only being prepared', async () => {
    expect(await ask((past) => past('prepare', ['v2.1.0', 'v2.2.0'], 'open'))).toEqual({});
  });

  it('is not when the application says another version', async () => {
    const next: Live = async () => ({ version: '2.2.0', latencyMs: 1 });
    expect(await ask(async () => undefined, next)).toEqual({ other: 'another version is live: v2.2.0' });
  });

  it.each([
    ['one old instance that answers once', ['2.0.3', '2.1.0', '2.1.0'], '1 of 3 answers came from v2.0.3'],
    ['both in turn', ['2.0.3', '2.1.0', '2.0.3'], '2 of 3 answers came from v2.0.3'],
    ['one answer of another, and then none', ['2.0.3', 'down', 'down'], '1 of 1 answers came from v2.0.3'],
  ])('E-78: is not known with %s', async (_, versions, said) => {
    const left = [...versions];
    const next: Live = async () => {
      const version = left.shift() ?? '2.1.0';
      return version === 'down' ? down() : { version, latencyMs: 1 };
    };
    expect(await ask(async () => undefined, next)).toEqual({ doubt: expect.stringContaining(said) });
  });

  it('E-78: is asked once only where it is the one', async () => {
    let asked = 0;
    const next: Live = async () => {
      asked += 1;
      return { version: '2.1.0', latencyMs: 1 };
    };
    await ask(async () => undefined, next);
    expect(asked).toBe(1);
  });

  it('E-78: a watch of a version begins although an old instance answers first', async () => {
    const left = ['2.0.3', '2.1.0'];
    const world = makeCliWorld({
      live: async () => ({ version: left.shift() ?? '2.1.0', latencyMs: 1 }),
    });
    const wired = { ...world.wired, clock: makeLeapingClock().clock };
    expect(await findRelease('v2.1.0', wired, 0)).toMatchObject({ version: 'v2.1.0' });
  });

  it('is not known by an application that does not answer: then the last run has to be its own', async () => {
    expect(await ask((past) => past('deploy', ['v2.1.0', 'v2.2.0']), down)).toEqual({
      other: 'another run came after it: deploy of v2.2.0 (r-past-2)',
    });
  });

  it('takes no text for a version that is none, whoever says it', async () => {
    const { wired } = makeCliWorld({ live: async () => ({ version: '../../x"} or 1', latencyMs: 1 }) });
    await expect(findRelease(undefined, wired, 0)).rejects.toMatchObject({ code: 'E_VERSION_SHAPE' });
  });
});
