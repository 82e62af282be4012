import { describe, expect, it } from 'vitest';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makeHost } from '../../../src/services/host/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeHostSurroundings } from '../../support/host-surroundings.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';

const COMMIT = 'a'.repeat(40);
const WANTED = { version: 'v2.1.0', commit: COMMIT };
const URL = 'http://rur2.example';

type Script = Parameters<typeof makeScriptedWeb>[0];

const right = { json: { version: '2.1.0', commit: COMMIT } };
const old = { json: { version: '2.0.3', commit: 'b'.repeat(40) } };
const badGateway = { status: 502, text: '<html><title>Run this app</title></html>' };

/** A host whose application answers by the number of the question, from 1. */
function open(script: Script, over: Partial<Parameters<typeof makeHostSurroundings>[0]> = {}) {
  let asked = 0;
  const { web, asked: requests } = makeScriptedWeb((request) => {
    asked += 1;
    return script(request, asked);
  });
  const host = { strategy: 'push', proof: { deadlineSeconds: 60 } };
  const surroundings = makeHostSurroundings({ url: URL, host, ...over });
  return { host: makeHost(surroundings, { web, shell: makeShell() }), requests };
}

describe('the proof that a version is live', () => {
  it('F63: starts the count again with every other answer', async () => {
    const answers = [right, right, old, right, badGateway, right, right, right];
    const { host, requests } = open((_, nth) => answers[nth - 1] ?? old);
    const told: string[] = [];
    const proof = await host.proveLive('production', WANTED, (said) => told.push(said));
    expect(proof).toEqual({ version: '2.1.0', commit: COMMIT, answers: 3, tookMs: 35_000 });
    expect(requests).toHaveLength(8);
    expect(told).toEqual([
      '2.1.0 answers, 1 of 3',
      '2.1.0 answers, 2 of 3',
      'waiting for 2.1.0: 2.0.3 answers',
      '2.1.0 answers, 1 of 3',
      `waiting for 2.1.0: ${URL}/health answers HTTP 502 (“Run this app”).`,
      '2.1.0 answers, 1 of 3',
      '2.1.0 answers, 2 of 3',
      '2.1.0 answers, 3 of 3',
    ]);
  });

  it('E-78: spreads three answers over ten seconds', async () => {
    const { host } = open(() => right);
    expect((await host.proveLive('production', WANTED)).tookMs).toBe(10_000);
  });

  it('does not believe the right version of another commit', async () => {
    const { host } = open(() => ({ json: { version: '2.1.0', commit: 'c'.repeat(40) } }));
    const error = await failureOf(host.proveLive('production', WANTED));
    expect([error.code, error.text.state]).toEqual(['E_NOT_LIVE', 'partly-done']);
    expect(error.text.why).toBe('All of 13 answers: 2.1.0 of another commit (cccccccccccc) answers.');
  });

  it.each(['2.1.0', '2.1.0-rc.1', 'v2.1.0-rc.1'])(
    'PRE-15: of a candidate takes its number and its own name: %s',
    async (version) => {
      const { host } = open(() => ({ json: { version, commit: COMMIT } }));
      const proof = await host.proveLive('production', { ...WANTED, candidate: '2.1.0-rc.1' });
      expect(proof.version).toBe(version.replace('v', ''));
    },
  );

  it.each([
    ['another candidate', { version: '2.1.0-rc.2', commit: COMMIT }],
    ['the candidate of another commit', { version: '2.1.0-rc.1', commit: 'c'.repeat(40) }],
    ['a candidate of another version', { version: '2.2.0-rc.1' }],
    ['a name that only begins like it', { version: '2.1.0-rc.10' }],
  ])('PRE-15: never takes %s for the candidate', async (_, json) => {
    const { host } = open(() => ({ json }));
    const error = await failureOf(host.proveLive('production', { ...WANTED, candidate: '2.1.0-rc.1' }));
    expect(error.code).toBe('E_NOT_LIVE');
  });

  it('PRE-15: a release is not its candidate', async () => {
    const { host } = open(() => ({ json: { version: '2.1.0-rc.1', commit: COMMIT } }));
    expect((await failureOf(host.proveLive('production', WANTED))).code).toBe('E_NOT_LIVE');
  });

  it('takes a shortened commit, and an answer without one', async () => {
    const short = open(() => ({ json: { version: 'v2.1.0', commit: 'aaaaaaa' } }));
    expect((await short.host.proveLive('production', WANTED)).commit).toBe('aaaaaaa');
    const none = open(() => ({ json: { version: '2.1.0' } }));
    expect(await none.host.proveLive('production', WANTED)).not.toHaveProperty('commit');
  });

  it('F62: ends at the deadline, never with a question that could prove nothing', async () => {
    const { host, requests } = open((_, nth) => (nth < 12 ? badGateway : right));
    const error = await failureOf(host.proveLive('production', WANTED));
    expect(error.code).toBe('E_NOT_LIVE');
    expect(error.text.what).toBe('2.1.0 did not answer 3 times in a row within 1 min.');
    expect(error.text.why).toBe('Last: 2.1.0 answers.');
    expect(requests).toHaveLength(13);
  });

  it('outlasts a network that is away for a moment', async () => {
    const lost = new ReleaseError('E_NETWORK', { what: 'no way out.', next: 'wait', state: 'untouched' });
    const { host } = open((_, nth) => {
      if (nth < 3) throw lost;
      return right;
    });
    expect((await host.proveLive('production', WANTED)).answers).toBe(3);
  });

  it('waits for nothing when another environment answers', async () => {
    const { host, requests } = open(() => ({ json: { version: '2.1.0', environment: 'staging' } }), {
      identity: 'production',
    });
    expect((await failureOf(host.proveLive('production', WANTED))).code).toBe('E_WRONG_APP');
    expect(requests).toHaveLength(1);
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const { host } = open((_, nth) => {
      if (nth === 2) stop.abort(new Error('stopped'));
      return old;
    });
    await expect(host.proveLive('production', WANTED, undefined, stop.signal)).rejects.toThrow('stopped');
  });
});

describe('one answer of the health endpoint', () => {
  it('is asked past every cache, each time anew', async () => {
    const { host, requests } = open(() => right);
    await host.liveVersion('production');
    await host.liveVersion('production');
    const [first, second] = requests;
    expect(first?.path).toMatch(/^\/health\?nocache=[\w-]+$/);
    expect(second?.path).not.toBe(first?.path);
    expect(first?.headers).toMatchObject({ 'cache-control': 'no-cache, no-store', pragma: 'no-cache' });
  });

  it('is read from the configured path and fields, and the version has no v', async () => {
    const { host, requests } = open(
      () => ({ json: { build: 'v2.1.0', sha: COMMIT, status: 'ok', closed: true }, tookMs: 42 }),
      {
        host: { strategy: 'push', proof: { path: '/live?full=1', version: 'build', commit: 'sha' } },
        environment: {
          maintenance: { on: { path: '/on' }, off: { path: '/off' }, statusField: 'closed' },
        },
      },
    );
    expect(await host.liveVersion('production')).toEqual({
      version: '2.1.0',
      commit: COMMIT,
      status: 'ok',
      maintenance: true,
      latencyMs: 42,
    });
    expect(requests[0]?.path).toMatch(/^\/live\?full=1&nocache=/);
  });

  it.each([
    ['an error status', { status: 503, json: { version: '2.1.0' } }, 'answers HTTP 503.'],
    ['the platform’s page with 404', { status: 404, text: '<title>Run this app</title>' }, 'Run this app'],
    ['a page with 200', { status: 200, text: '<title>Soon here</title>' }, 'with a page (“Soon here”)'],
    ['a list', { json: [1] }, 'not with JSON'],
  ])('is down for %s', async (_, answer, said) => {
    const { host } = open(() => answer);
    const error = await failureOf(host.liveVersion('production'));
    expect(error.code).toBe('E_APP_DOWN');
    expect(error.text.what).toContain(said);
  });

  it.each([[{}], [{ version: '' }], [{ version: 2 }]])(
    'E-78: is of no use without a version: %j',
    async (json) => {
      const error = await failureOf(open(() => ({ json })).host.liveVersion('production'));
      expect(error.code).toBe('E_HEALTH_SHAPE');
      expect(error.text.what).toContain('has no version');
    },
  );

  it('belongs to this environment, and must say so where an identity is configured', async () => {
    const staging = () => ({ json: { version: '2.1.0', environment: 'rur2-staging' } });
    const error = await failureOf(open(staging, { identity: 'rur2' }).host.liveVersion('production'));
    expect(error.code).toBe('E_WRONG_APP');
    expect(error.text.why).toContain('it is rur2-staging; the configuration expects rur2');
    const free = await open(staging).host.liveVersion('production');
    expect(free.environment).toBe('rur2-staging');
    const silent = await failureOf(open(() => right, { identity: 'rur2' }).host.liveVersion('production'));
    expect(silent.code).toBe('E_HEALTH_SHAPE');
    expect(silent.text.what).toContain('environment');
  });

  it('is not asked for an environment that nobody configured', async () => {
    const error = await failureOf(open(() => right).host.liveVersion('toString'));
    expect(error.code).toBe('E_NOT_CONFIGURED');
  });
});
