import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { PlatformOptions } from '../../../src/sandbox/servers/host/start.ts';
import { makeTempOrigin } from '../../support/temp-origin.ts';
import { APP_TOKEN, openTinyWorld, TINY_APP, type TinyWorld, until } from '../../support/tiny-platform.ts';

let world: TinyWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const open = async (over: Partial<PlatformOptions> = {}): Promise<TinyWorld> => {
  world = await openTinyWorld(over);
  return world;
};

const health = async (url: string): Promise<Record<string, unknown>> =>
  (await fetch(`${url}/health`)).json() as Promise<Record<string, unknown>>;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const pidOf = async (url: string): Promise<number> =>
  Number(((await (await fetch(`${url}/env`)).json()) as { pid?: string }).pid);

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

describe('the edge', () => {
  it('answers its own HTML page with 502 when nothing runs, is stopped, or is told to', async () => {
    const { platform, release } = await open();
    const look = async () => {
      const answer = await fetch(`${platform.url}/health`);
      return [answer.status, answer.headers.get('content-type')];
    };
    const page = [502, 'text/html; charset=utf-8'];
    expect(await look()).toEqual(page);
    await platform.publish(release('2.0.3'));
    platform.answer502(2);
    expect([await look(), await look(), await look()]).toEqual([page, page, [200, 'application/json']]);
    await platform.stop();
    expect(await look()).toEqual(page);
    expect(platform.live()).toBeUndefined();
    await platform.start();
    expect((await health(platform.url)).version).toBe('2.0.3');
  });

  it('passes bodies on in both directions, byte by byte', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    const sent = new Uint8Array(3_000_000).map((_, i) => (i * 31) % 251);
    const answer = await fetch(`${platform.url}/echo`, { method: 'POST', body: sent });
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(sent))).toBe(true);
  });

  it('shows another version when told to', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    platform.pretendVersion('1.9.9');
    expect(await health(platform.url)).toMatchObject({ version: '1.9.9', environment: 'tiny' });
    platform.pretendVersion(undefined);
    expect((await health(platform.url)).version).toBe('2.0.3');
  });

  it('does to each request what a script says, and counts it where it belongs', async () => {
    const { platform, release } = await open({ minuteMs: 40 });
    await platform.publish(release('2.0.3'));
    const flaky = { kind: 'flaky', from: 0, routes: ['GET /flaky'], k: 1, n: 2, status: 503 } as const;
    const dead = { kind: 'dead', from: 0, routes: ['GET /dead'] } as const;
    const other = { kind: 'dead', from: 0, version: '9.9.9' } as const;
    platform.play({ starts: 'now', phases: [other, flaky, dead] });
    const ask = (path: string) =>
      fetch(`${platform.url}${path}`).then(
        ({ status }) => status,
        () => 'cut',
      );
    const seen = [await ask('/flaky'), await ask('/flaky'), await ask('/dead'), await ask('/well')];
    expect(seen).toEqual([503, 200, 'cut', 200]);
    platform.play(undefined);
    expect(await ask('/dead')).toBe(200);
    const metrics = { headers: { authorization: `Bearer ${APP_TOKEN}` } };
    const read = async () =>
      (await (await fetch(`${platform.url}/api/metrics`, metrics)).json()) as {
        minutes: { route: string; version?: string; errors: number }[];
      };
    await until(async () => (await read()).minutes.length >= 3);
    const failed = (await read()).minutes.filter(({ errors }) => errors > 0);
    expect(failed.map(({ route, version }) => `${route} ${version}`).sort()).toEqual([
      'GET /dead 2.0.3',
      'GET /flaky 2.0.3',
    ]);
  });

  it('lets nobody have an answer while it is stalled, and tells no measurements while it is silent', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    platform.play({
      starts: 'now',
      phases: [
        { kind: 'stalled', from: 0 },
        { kind: 'silent', from: 0 },
      ],
    });
    const answer = health(platform.url);
    const headers = { authorization: `Bearer ${APP_TOKEN}` };
    expect((await fetch(`${platform.url}/api/metrics`, { headers })).status).toBe(503);
    const first = await Promise.race([answer.then(() => 'answered'), 'nobody was answered']);
    expect(first).toBe('nobody was answered');
    platform.play(undefined);
    expect(await answer).toMatchObject({ version: '2.0.3' });
  });

  it('begins a script with the first request of the release, where it says so', async () => {
    const { platform, release } = await open();
    await platform.publish(release('2.0.3'));
    platform.play({ starts: 'release', phases: [{ kind: 'dead', from: 0, status: 500, of: 'users' }] });
    const ask = (headers: Record<string, string> = {}) =>
      fetch(`${platform.url}/health`, { headers }).then(({ status }) => status);
    const own = { 'x-maintenance-bypass': 'canary' };
    expect([await ask(), await ask(own), await ask(), await ask(own)]).toEqual([200, 200, 500, 200]);
  });

  it('E-79: keeps who comes after a silence waiting', async () => {
    const { platform, release } = await open({ cold: { afterIdleMs: 0, takesMs: 120 } });
    await platform.publish(release('2.0.3'));
    const start = performance.now();
    await health(platform.url);
    expect(performance.now() - start).toBeGreaterThanOrEqual(119);
  });
});

describe('the measurements of the edge', () => {
  const read = async (url: string, since = '2000-01-01T00:00:00Z') => {
    const address = `${url}/api/metrics?since=${encodeURIComponent(since)}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${APP_TOKEN}` } });
    return (await answer.json()) as { now: string; minutes: Record<string, unknown>[] };
  };

  it('counts minutes that are over, by route and version, without requests of the release', async () => {
    const { platform, release } = await open({ minuteMs: 40 });
    await platform.publish(release('2.0.3'));
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(`${platform.url}${path}`, { headers }).then((answer) => answer.arrayBuffer());
    await ask('/things/1');
    await ask('/things/2?status=500');
    await ask('/things/3?status=404');
    await ask('/things/4', { 'x-maintenance-bypass': 'canary' });
    await until(async () => sum((await read(platform.url)).minutes, 'requests') === 3);
    const { minutes, now } = await read(platform.url);
    expect(sum(minutes, 'errors')).toBe(1);
    for (const minute of minutes) {
      expect(minute).toMatchObject({ route: '/things', version: '2.0.3' });
      expect(minute.minute).toMatch(/:00\.000Z$/);
      expect(Number(minute.p95)).toBeGreaterThan(0);
    }
    expect((await read(platform.url, now)).minutes).toEqual([]);
  });

  it('counts an outage as errors of the addresses that were asked for', async () => {
    const { platform } = await open({ minuteMs: 40 });
    await fetch(`${platform.url}/api/things/4711?x=1`);
    await until(async () => (await read(platform.url)).minutes.length === 1);
    expect((await read(platform.url)).minutes).toMatchObject([
      { route: '/api/things/:id', requests: 1, errors: 1 },
    ]);
  });

  it('tells nothing without the token, and refuses a since that is no moment', async () => {
    const { platform } = await open();
    expect((await fetch(`${platform.url}/api/metrics`)).status).toBe(401);
    const headers = { authorization: `Bearer ${APP_TOKEN}` };
    expect((await fetch(`${platform.url}/api/metrics?since=soon`, { headers })).status).toBe(400);
  });
});

const sum = (rows: readonly Record<string, unknown>[], field: string): number =>
  rows.reduce((total, row) => total + Number(row[field]), 0);

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
