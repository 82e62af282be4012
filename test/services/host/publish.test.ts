import { describe, expect, it } from 'vitest';
import { startGithub } from '../../../src/sandbox/servers/github/start.ts';
import { makeGithub } from '../../../src/services/github/real.ts';
import { makeHost } from '../../../src/services/host/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeHostSurroundings } from '../../support/host-surroundings.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { until } from '../../support/tiny-platform.ts';

const COMMIT = 'a'.repeat(40);
const WANTED = { version: '2.1.0', commit: COMMIT };
const URL = 'http://rur2.example';
const { web } = makeScriptedWeb(() => ({ json: { version: '2.0.3' } }));

const open = (host: Record<string, unknown>) =>
  makeHost(makeHostSurroundings({ url: URL, host }), { web, shell: makeShell() });

const command = (publish: string, timeoutSeconds = 60) =>
  open({ strategy: 'command', publish, timeoutSeconds });

describe('publishing by a command', () => {
  it('DAY-24: tells the command what to publish, and DAY-25: people what it says', async () => {
    const said: string[] = [];
    const line = 'echo "$RELEASE_VERSION $RELEASE_COMMIT $RELEASE_ENV $RELEASE_MARKER"; pwd';
    const { id } = await command(line).publish('production', WANTED, 'r-1/publish', {
      tell: (one) => said.push(one),
    });
    expect(said).toEqual([`v2.1.0 ${COMMIT} production r-1/publish`, process.cwd()]);
    expect(id).toBe(`${COMMIT}:r-1/publish`);
  });

  it('leaves open what a command did that failed, and tells its last lines', async () => {
    const host = command('for n in 1 2 3 4 5 6 7; do echo "line $n" >&2; done; exit 3');
    const error = await failureOf(host.publish('production', WANTED, 'm'));
    expect([error.code, error.text.state]).toEqual(['E_PUBLISH_REFUSED', 'unclear']);
    expect(error.text.what).toBe('The publish command ended with 3.');
    expect(error.text.why).toBe(
      'It may have published all the same. It ended: line 3 · line 4 · line 5 · line 6 · line 7',
    );
  });

  it('leaves open what a command did that was cut off', async () => {
    const error = await failureOf(command('sleep 30', 0.05).publish('production', WANTED, 'm'));
    expect([error.code, error.text.state]).toEqual(['E_PUBLISH_TIMEOUT', 'unclear']);
  });

  it('ends the command with its signal', async () => {
    const stop = new AbortController();
    const tell = (): void => stop.abort(new Error('stopped'));
    const publishing = command('echo begun; sleep 30').publish('production', WANTED, 'm', {
      tell,
      signal: stop.signal,
    });
    await expect(publishing).rejects.toThrow('stopped');
  });
});

describe('publishing by a push or by hand', () => {
  it('E-41: sends nothing for a push; its id names the commit', async () => {
    const { id } = await open({ strategy: 'push' }).publish('production', WANTED, 'r-1/publish');
    expect(id).toBe(`${COMMIT}:r-1/publish`);
  });

  it('E-40: tells the person the exact clicks, with version and commit in them', async () => {
    const said: string[] = [];
    const host = open({
      strategy: 'manual',
      instructions: ['Pull {commit} ({version}).', 'Press Republish.'],
    });
    await host.publish('production', WANTED, 'm', { tell: (one) => said.push(one) });
    expect(said).toEqual([`1. Pull ${COMMIT} (v2.1.0).`, '2. Press Republish.']);
  });

  it('keeps no record of such orders', async () => {
    expect(await open({ strategy: 'push' }).findPublish('production', 'm')).toBeUndefined();
  });

  it('refuses an environment without a host', async () => {
    const host = makeHost(makeHostSurroundings({ url: URL }), { web, shell: makeShell() });
    expect(host.can('production')).toEqual({ publish: false, strategy: 'none' });
    const error = await failureOf(host.publish('production', WANTED, 'm'));
    expect(error.code).toBe('E_NOT_CONFIGURED');
  });
});

type GithubOptions = Parameters<typeof startGithub>[0];

async function withGithub(
  over: Partial<GithubOptions>,
  use: (host: ReturnType<typeof makeHost>, server: Awaited<ReturnType<typeof startGithub>>) => Promise<void>,
  timeoutSeconds = 100_000,
): Promise<void> {
  const options = { repository: 'rur2/rur2', token: 'canary-github-token', speed: 1000, ...over };
  const server = await startGithub(options);
  const inputs = { sha: '{commit}', note: 'publish {version}' };
  const host = { strategy: 'github-workflow', workflow: 'publish.yml', inputs, timeoutSeconds };
  const surroundings = makeHostSurroundings({
    url: URL,
    host,
    github: server.url,
    environment: { branch: 'release/{version}' },
  });
  try {
    await use(makeHost(surroundings, { web, shell: makeShell(), github: makeGithub(surroundings) }), server);
  } finally {
    await server.close();
  }
}

describe('publishing by a workflow', () => {
  it('DAY-24: starts it on the environment’s branch with the inputs filled in, and names the run', () =>
    withGithub({}, async (host, server) => {
      const { id } = await host.publish('production', WANTED, 'r-1/publish');
      expect(server.runs()).toMatchObject([
        {
          id,
          workflow: 'publish.yml',
          ref: 'release/v2.1.0',
          inputs: { sha: COMMIT, note: 'publish v2.1.0', marker: 'r-1/publish' },
          conclusion: 'success',
        },
      ]);
    }));

  it('says that somebody has to approve it, and goes on when somebody did', () =>
    withGithub({}, async (host, server) => {
      server.nextRun({ kind: 'waits', environment: 'production' });
      const said: string[] = [];
      const tell = (one: string): void => {
        said.push(one);
        if (one.includes('approval')) server.review(server.runs()[0]?.id ?? '', true);
      };
      await host.publish('production', WANTED, 'r-1/publish', { tell });
      expect(said.join('\n')).toMatch(/waits for an approval at GitHub: http/);
      expect(said.filter((one) => one.includes('approval'))).toHaveLength(1);
    }));

  it('fails with a run that fails, and names its log', () =>
    withGithub({ onDispatch: async () => 'failure' }, async (host) => {
      const error = await failureOf(host.publish('production', WANTED, 'r-1/publish'));
      expect([error.code, error.text.state]).toEqual(['E_PUBLISH_FAILED', 'partly-done']);
      expect(error.text.what).toBe('The workflow publish.yml ended with failure.');
      expect(error.text.why).toMatch(/^Its log: http/);
    }));

  it('leaves open what a run does that takes too long', () =>
    withGithub(
      {},
      async (host, server) => {
        server.nextRun({ kind: 'stuck' });
        const error = await failureOf(host.publish('production', WANTED, 'r-1/publish'));
        expect([error.code, error.text.state]).toEqual(['E_PUBLISH_TIMEOUT', 'unclear']);
      },
      30,
    ));

  it('leaves open what a run does while GitHub cannot be asked about it', () =>
    withGithub({}, async (host, server) => {
      server.addFault({ path: /\/actions\/runs\/\d+$/, times: 50, answer: { status: 404, json: {} } });
      const error = await failureOf(host.publish('production', WANTED, 'r-1/publish'));
      expect([error.code, error.text.state]).toEqual(['E_GITHUB_REFUSED', 'unclear']);
    }));

  it('finds the run again that an earlier attempt had begun', () =>
    withGithub({}, async (host, server) => {
      server.nextRun({ kind: 'stuck' });
      const stop = new AbortController();
      const tell = (): void => stop.abort(new Error('killed'));
      const publishing = host.publish('production', WANTED, 'r-1/publish', { tell, signal: stop.signal });
      await expect(publishing).rejects.toThrow('killed');
      const find = () => host.findPublish('production', 'r-1/publish');
      await until(async () => (await find()) !== undefined);
      expect(await find()).toMatchObject({ id: server.runs()[0]?.id, state: 'underway' });
    }));

  it('knows of an earlier order whether it is under way or how it ended', () =>
    withGithub({}, async (host, server) => {
      expect(await host.findPublish('production', 'r-1/publish')).toBeUndefined();
      const { id } = await host.publish('production', WANTED, 'r-1/publish');
      expect(await host.findPublish('production', 'r-1/publish')).toMatchObject({ id, state: 'accepted' });
      server.nextRun({ kind: 'cancelled' });
      await host.publish('production', WANTED, 'r-2/publish').catch(() => undefined);
      expect(await host.findPublish('production', 'r-2/publish')).toMatchObject({ state: 'failed' });
      expect(await host.findPublish('production', 'r-3/publish')).toBeUndefined();
    }));

  it('is refused where GitHub is not configured', async () => {
    const host = open({ strategy: 'github-workflow', workflow: 'publish.yml' });
    expect((await failureOf(host.publish('production', WANTED, 'm'))).code).toBe('E_NOT_CONFIGURED');
  });
});
