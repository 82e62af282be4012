import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeTempOrigin } from '../../support/temp-origin.ts';
import { TINY_APP, until } from '../../support/tiny-platform.ts';
import { health, isAlive, pidOf, tinyWorlds } from './tiny-worlds.ts';

const open = tinyWorlds();

describe('a publish on the platform', () => {
  it('writes the tree of the commit out, starts it and answers from it', async () => {
    const { platform, release, origin } = await open();
    const commit = release('2.0.3');
    await platform.publish(commit);
    expect(await health(platform.url)).toMatchObject({ version: '2.0.3', commit, environment: 'tiny' });
    expect(platform.live()).toEqual({ commit, version: '2.0.3' });
    expect(platform.publishes()).toMatchObject([{ id: '1', commit, state: 'live' }]);
    expect(readdirSync(origin.origin)).not.toContain('index');
    expect(origin.git('ls-remote', 'origin', 'HEAD')).toMatch(/^[0-9a-f]{40}/);
  });

  it('gives the build its contract and nothing of our own environment', async () => {
    const { platform, release, origin } = await open();
    process.env.CANARY_FOR_BUILDS = 'secret';
    await platform.publish(release('2.0.3'));
    delete process.env.CANARY_FOR_BUILDS;
    const env = (await (await fetch(`${platform.url}/env`)).json()) as Record<string, string>;
    const folder = join(origin.folder, 'platform');
    expect(env).toMatchObject({
      PORT: '0',
      APP_NAME: 'tiny',
      APP_ROOT: join(folder, 'builds', '1'),
      APP_FLAGS: join(folder, 'flags.json'),
    });
    expect(Object.keys(env)).not.toContain('CANARY_FOR_BUILDS');
    expect(Object.keys(env)).not.toContain('PATH');
  });

  it('E-78: lets every third answer come from the old build while both are there', async () => {
    const { platform, release } = await open({ promoteMs: 60_000 });
    await platform.publish(release('2.0.3'));
    const publishing = platform.publish(release('2.1.0')).catch(() => 'cut off');
    await until(() => platform.publishes()[1]?.state === 'promote');
    await until(async () => (await health(platform.url)).version === '2.1.0');
    await until(async () => (await health(platform.url)).version === '2.0.3');
    const seen: unknown[] = [];
    for (let i = 0; i < 6; i += 1) seen.push((await health(platform.url)).version);
    expect(seen).toEqual(['2.1.0', '2.1.0', '2.0.3', '2.1.0', '2.1.0', '2.0.3']);
    await platform.close();
    expect(await publishing).toBe('cut off');
  });

  it('ends the old build when the new one is live', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    const pid = await pidOf(platform.url);
    await platform.publish(release('2.1.0'));
    expect(isAlive(pid)).toBe(false);
    expect((await health(platform.url)).version).toBe('2.1.0');
  });

  it('lets the old build go on when the build fails', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    platform.failNextBuild();
    const commit = release('2.1.0');
    await expect(platform.publish(commit)).rejects.toThrow('the build command ended with 1');
    expect((await health(platform.url)).version).toBe('2.0.3');
    expect(platform.publishes()[1]).toMatchObject({ commit, state: 'failed' });
    await platform.publish(commit);
    expect((await health(platform.url)).version).toBe('2.1.0');
  });

  it('lets the old build go on when the new one crashes on start, and keeps its last words', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    await expect(platform.publish(release('2.1.0', { crash: true }))).rejects.toThrow(
      'tiny: it cannot start',
    );
    expect((await health(platform.url)).version).toBe('2.0.3');
    expect(platform.publishes()[1]?.why).toContain('tiny: it cannot start');
  });

  it('takes the same commit twice as two publishes', async () => {
    const { platform, release } = await open();
    const commit = release('2.0.3');
    await Promise.all([platform.publish(commit), platform.publish(commit)]);
    expect(platform.publishes().map(({ state }) => state)).toEqual(['live', 'live']);
  });

  it('lets a request that has begun end before its build does', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    const held = request(`${platform.url}/held`, { method: 'POST' });
    held.flushHeaders();
    const [answer] = await once(held, 'response');
    const publishing = platform.publish(release('2.1.0'));
    await until(async () => (await health(platform.url)).version === '2.1.0');
    held.end('go on');
    let text = '';
    for await (const part of answer) text += String(part);
    expect(text).toBe('begun ended');
    await publishing;
  });
});

describe('how a publish is ordered', () => {
  it('E-41: publishes by itself when main moves, and only then', async () => {
    const { platform, release } = await open({ mode: 'push' });
    release('2.0.4', { push: false });
    const commit = release('2.0.5');
    await until(() => platform.live()?.commit === commit);
    expect(platform.publishes().map((one) => one.commit)).toEqual([commit]);
  });

  it('E-41: publishes nothing on a push when it waits for an order', async () => {
    const { platform, release } = await open();
    release('2.0.4');
    const ordered = release('2.0.5');
    await platform.publish('main');
    expect(platform.publishes().map((one) => one.commit)).toEqual([ordered]);
  });

  it('takes orders by its interface and tells what became of them, newest first', async () => {
    const { platform, release } = await open();
    const order = (body: object) =>
      fetch(`${platform.apiUrl}/api/publishes`, { method: 'POST', body: JSON.stringify(body) });
    const first = release('2.0.3');
    const accepted = await order({ commit: first });
    expect([accepted.status, await accepted.json()]).toEqual([
      202,
      { id: '1', state: 'queued', commit: first },
    ]);
    await order({ ref: 'main' });
    const read = async (path: string) =>
      (await (await fetch(`${platform.apiUrl}${path}`)).json()) as { state?: string; publishes?: unknown };
    await until(async () => (await read('/api/publishes/2')).state === 'live');
    expect((await read('/api/publishes')).publishes).toMatchObject([{ id: '2' }, { id: '1', state: 'live' }]);
    expect((await order({ commit: 'f'.repeat(40) })).status).toBe(422);
    expect((await order({ commit: '--upload-pack=x' })).status).toBe(422);
    expect((await order({})).status).toBe(400);
    expect((await fetch(`${platform.apiUrl}/api/publishes/9`)).status).toBe(404);
  });
});

describe('the end of the platform', () => {
  it('ends every build and waits for it, also in the middle of a publish', async () => {
    const { platform, release } = await open({ promoteMs: 60_000 });
    await platform.publish(release('2.0.3'));
    const second = platform.publish(release('2.1.0')).catch((error: Error) => error.message);
    await until(() => platform.publishes()[1]?.state === 'promote');
    const pids = new Set<number>();
    await until(async () => pids.add(await pidOf(platform.url)).size === 2);
    expect([...pids].map(isAlive)).toEqual([true, true]);
    await platform.close();
    expect([...pids].map(isAlive)).toEqual([false, false]);
    expect(await second).toMatch(/abort/i);
    await expect(fetch(platform.url)).rejects.toThrow();
  });

  it('leaves no build behind when its own process is killed', async () => {
    const origin = makeTempOrigin();
    const script = fileURLToPath(new URL('../../support/run-platform.mjs', import.meta.url));
    const child = spawn(
      process.execPath,
      [script, origin.origin, join(origin.folder, 'platform'), TINY_APP],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    try {
      const [line] = await once(child.stdout, 'data');
      const pid = await pidOf(String(line).trim());
      expect(isAlive(pid)).toBe(true);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await until(() => hasEnded(pid));
      expect(hasEnded(pid)).toBe(true);
    } finally {
      child.kill('SIGKILL');
      origin.remove();
    }
  });
});

/** Gone, or ended and only not yet collected by whoever inherited it. */
const hasEnded = (pid: number): boolean => {
  if (!isAlive(pid)) return true;
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return !isAlive(pid);
  }
};
