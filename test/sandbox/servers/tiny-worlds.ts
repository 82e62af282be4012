import { afterEach } from 'vitest';
import type { PlatformOptions } from '../../../src/sandbox/servers/host/start.ts';
import { openTinyWorld, type TinyWorld } from '../../support/tiny-platform.ts';

/** Opens a platform for one test; it ends with the test. */
export function tinyWorlds(): (over?: Partial<PlatformOptions>) => Promise<TinyWorld> {
  let world: TinyWorld | undefined;
  afterEach(async () => {
    await world?.close();
    world = undefined;
  });
  return async (over = {}) => {
    world = await openTinyWorld(over);
    return world;
  };
}

export const health = async (url: string): Promise<Record<string, unknown>> =>
  (await fetch(`${url}/health`)).json() as Promise<Record<string, unknown>>;

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export const pidOf = async (url: string): Promise<number> =>
  Number(((await (await fetch(`${url}/env`)).json()) as { pid?: string }).pid);
