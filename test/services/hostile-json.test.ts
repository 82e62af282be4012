import { afterEach, describe, expect, it } from 'vitest';
import { makeApp } from '../../src/services/app/real.ts';
import { readHealth } from '../../src/services/host/read-health.ts';
import { makeShell } from '../../src/services/shell/real.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import { withApp } from '../contracts/web-world.ts';
import { failureOf } from '../support/failure-of.ts';
import { makeHostSurroundings } from '../support/host-surroundings.ts';

/** What an application, or whoever sits in its place, may answer to harm the program that reads it. */
const HOSTILE: readonly (readonly [string, string])[] = [
  [
    'the prototype of all objects',
    '{"__proto__":{"polluted":1,"version":"2.1.0","node":"v20.0.0","envKeys":[]}}',
  ],
  ['its constructor', '{"constructor":{"prototype":{"polluted":1}},"version":{"toString":"x"}}'],
  ['a list', '[{"version":"2.1.0"}]'],
  ['nothing', 'null'],
  ['depth', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['depth in a field', `{"version":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
  ['numbers where words belong', '{"version":1e999,"node":-0,"envKeys":{"length":1e9}}'],
  ['half a document', '{"version":"2.1.0"'],
  ['size', `{"version":"2.1.0","pad":"${'x'.repeat(21_000_000)}"}`],
];

const answering = <T>(body: string, use: (url: string) => Promise<T>): Promise<T> =>
  withApp((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body), use);

const makeRoom = (url: string) => {
  const surroundings = makeHostSurroundings({ url, environment: { health: { api: '/api/health' } } });
  return { surroundings, web: makeWeb(surroundings) };
};

afterEach(() => expect(({} as { polluted?: unknown }).polluted).toBeUndefined());

describe('T43: an answer that was made to harm', () => {
  it.each(HOSTILE)('is no inventory when it holds %s', async (_, body) => {
    await answering(body, async (url) => {
      const { surroundings, web } = makeRoom(url);
      const failure = await failureOf(makeApp(surroundings, web).inventory('production'));
      expect(['E_INVENTORY', 'E_ANSWER_TOO_LARGE']).toContain(failure.code);
      expect(JSON.stringify(failure.text).length).toBeLessThan(2000);
    });
  });

  it.each(HOSTILE)('is no health of ours when it holds %s', async (_, body) => {
    await answering(body, async (url) => {
      const { surroundings, web } = makeRoom(url);
      const environment = surroundings.runbook.environments.production;
      if (environment === undefined) throw new TypeError('there is no production');
      const room = { env: 'production', environment, surroundings, services: { web, shell: makeShell() } };
      const failure = await failureOf(readHealth(room, 1));
      expect(['E_APP_DOWN', 'E_HEALTH_SHAPE', 'E_ANSWER_TOO_LARGE']).toContain(failure.code);
      expect(JSON.stringify(failure.text).length).toBeLessThan(2000);
    });
  });
});
