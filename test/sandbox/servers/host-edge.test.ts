import { describe, expect, it } from 'vitest';
import { APP_TOKEN, until } from '../../support/tiny-platform.ts';
import { health, tinyWorlds } from './tiny-worlds.ts';

const open = tinyWorlds();

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
