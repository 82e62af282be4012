import { describe, expect, it } from 'vitest';
import { findOther } from '../../../src/cli/watch/find-other.ts';
import { findRelease } from '../../../src/cli/watch/find-release.ts';
import { makeCliWorld } from '../cli-world.ts';

type World = ReturnType<typeof makeCliWorld>;
type Live = () => Promise<{ version: string; latencyMs: number }>;

/** Begins to watch v2.1.0; then something happens, and it is asked whether that is still the release. */
async function ask(happen: (past: World['past']) => Promise<unknown>, then?: Live) {
  let live: Live = async () => ({ version: '2.1.0', latencyMs: 1 });
  const { wired, past } = makeCliWorld({ live: () => live() });
  await past('deploy', ['v2.0.3', 'v2.1.0']);
  const watched = await findRelease(undefined, wired, 0);
  await happen(past);
  live = then ?? live;
  return findOther(watched, wired);
}

const down: Live = async () => Promise.reject(new Error('nothing answers'));

describe('whether the release that is watched is still the one', () => {
  it('is so while nothing else happened, also when the application does not answer', async () => {
    expect(await ask(async () => undefined)).toBeUndefined();
    expect(await ask(async () => undefined, down)).toBeUndefined();
  });

  it.each(['deploy', 'rollback'] as const)('is not, while a later %s is under way', async (command) => {
    expect(await ask((past) => past(command, ['v2.1.0', 'v2.2.0'], 'open'))).toBe(
      `another run is under way: ${command} of v2.2.0 (r-past-2)`,
    );
  });

  it('is so while another release is only being prepared', async () => {
    expect(await ask((past) => past('prepare', ['v2.1.0', 'v2.2.0'], 'open'))).toBeUndefined();
  });

  it('is not when the application says another version', async () => {
    const next: Live = async () => ({ version: '2.2.0', latencyMs: 1 });
    expect(await ask(async () => undefined, next)).toBe('another version is live: v2.2.0');
  });

  it('is not known by an application that does not answer: then the last run has to be its own', async () => {
    expect(await ask((past) => past('deploy', ['v2.1.0', 'v2.2.0']), down)).toBe(
      'another run came after it: deploy of v2.2.0 (r-past-2)',
    );
  });

  it('takes no text for a version that is none, whoever says it', async () => {
    const { wired } = makeCliWorld({ live: async () => ({ version: '../../x"} or 1', latencyMs: 1 }) });
    await expect(findRelease(undefined, wired, 0)).rejects.toMatchObject({ code: 'E_VERSION_SHAPE' });
  });
});
