import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Platform, type PlatformOptions, startPlatform } from '../../src/sandbox/servers/host/start.ts';
import { makeTempOrigin, type TempOrigin } from './temp-origin.ts';

export const TINY_APP = fileURLToPath(new URL('tiny-app.mjs', import.meta.url));
export const APP_TOKEN = 'canary-app-token';

export interface TinyWorld {
  readonly platform: Platform;
  readonly origin: TempOrigin;
  /** A commit whose build says this version; pushed to main unless told otherwise. */
  release(version: string, options?: { readonly crash?: boolean; readonly push?: boolean }): string;
  close(): Promise<void>;
}

/** A real platform that runs a tiny application out of a real repository. */
export async function openTinyWorld(over: Partial<PlatformOptions> = {}): Promise<TinyWorld> {
  const origin = makeTempOrigin();
  const platform = await startPlatform({
    origin: origin.origin,
    folder: join(origin.folder, 'platform'),
    program: { command: process.execPath, args: [TINY_APP] },
    env: { APP_NAME: 'tiny' },
    branch: 'main',
    mode: 'request',
    appToken: APP_TOKEN,
    buildMs: 0,
    promoteMs: 0,
    ...over,
  });
  return {
    platform,
    origin,
    release: (version, { crash = false, push = true } = {}) => {
      const commit = origin.commit('package.json', JSON.stringify({ version, crash }), `release ${version}`);
      origin.git('push', '--quiet', 'origin', push ? 'main' : `HEAD:refs/heads/wip-${version}`);
      return commit;
    },
    close: async () => {
      await platform.close();
      origin.remove();
    },
  };
}

/** Waits until `isSo`, asking again and again; the test's own time limit ends it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
