import { fileURLToPath } from 'node:url';
import { startGithub } from '../../src/sandbox/servers/github/start.ts';
import type { Platform } from '../../src/sandbox/servers/host/start.ts';
import { makeGithub } from '../../src/services/github/real.ts';
import { makeHost } from '../../src/services/host/real.ts';
import { makeShell } from '../../src/services/shell/real.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { makeHostSurroundings } from '../support/host-surroundings.ts';
import { openTinyWorld } from '../support/tiny-platform.ts';
import { describeHostPort, type HostWorld } from './host-suite.ts';

const ORDER = fileURLToPath(new URL('../support/order-publish.mjs', import.meta.url));

// On the tests' clock a deadline is a number of questions, so this one is never reached by slowness.
const PROOF = { deadlineSeconds: 20_000 };

interface Ways {
  readonly mode: 'push' | 'request';
  readonly host: (platform: Platform) => Record<string, unknown>;
  readonly finish?: (platform: Platform, commit: string) => Promise<void>;
  readonly github?: (platform: Platform) => Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** The real adapter, over the real web, shell and GitHub adapters, against a real platform with 2.0.3 live. */
async function openWorld({ mode, host, finish, github }: Ways): Promise<HostWorld> {
  const world = await openTinyWorld({ mode, promoteMs: 150 });
  const { platform } = world;
  await platform.publish(world.release('2.0.3'));
  const server = await github?.(platform);
  const settings = host(platform);
  const surroundings = makeHostSurroundings({
    url: platform.url,
    host: { ...settings, proof: PROOF },
    environments: {
      impatient: { url: platform.url, host: { ...settings, proof: { deadlineSeconds: 50 } } },
    },
    ...(server ? { github: server.url } : {}),
  });
  return {
    host: makeHost(surroundings, {
      web: makeWeb(surroundings),
      shell: makeShell(),
      ...(server ? { github: makeGithub(surroundings) } : {}),
    }),
    release: (version) => world.release(version),
    finish: async ({ commit }) => finish?.(platform, commit),
    failNextBuild: () => platform.failNextBuild(),
    liveCommit: () => platform.live()?.commit,
    close: async () => {
      await server?.close();
      await world.close();
    },
  };
}

describeHostPort(
  'a platform that publishes by itself when main moves',
  { publish: true, strategy: 'push' },
  () => openWorld({ mode: 'push', host: () => ({ strategy: 'push' }) }),
);

describeHostPort('a platform that a command publishes on', { publish: true, strategy: 'command' }, () =>
  openWorld({
    mode: 'request',
    host: ({ apiUrl }) => ({ strategy: 'command', publish: `'${process.execPath}' '${ORDER}' ${apiUrl}` }),
  }),
);

describeHostPort(
  'a platform that a workflow publishes on',
  { publish: true, strategy: 'github-workflow' },
  () =>
    openWorld({
      mode: 'request',
      host: () => ({
        strategy: 'github-workflow',
        workflow: 'publish.yml',
        inputs: { commit: '{commit}', version: '{version}' },
        timeoutSeconds: 100_000,
      }),
      github: (platform) =>
        startGithub({
          repository: 'rur2/rur2',
          token: 'canary-github-token',
          speed: 1000,
          onDispatch: ({ inputs }) =>
            platform.publish(inputs.commit ?? '').then(
              () => 'success' as const,
              () => 'failure' as const,
            ),
        }),
    }),
);

describeHostPort('a platform that a person publishes on', { publish: false, strategy: 'manual' }, () =>
  openWorld({
    mode: 'request',
    host: () => ({ strategy: 'manual', instructions: ['Publish {commit}.'] }),
    finish: (platform, commit) => platform.publish(commit),
  }),
);
