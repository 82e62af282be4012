import { describe, expect, it } from 'vitest';
import { loadRunbook } from '../../src/config/load.ts';
import type { Runbook } from '../../src/config/schema/index.ts';
import { makeWeb } from '../../src/services/web/real.ts';
import type { SmokeOrder } from '../../src/steps/app/smoke/make-pass.ts';
import { runSmoke } from '../../src/steps/app/smoke/run-smoke.ts';
import { withApp } from '../contracts/web-world.ts';
import { onlyThese } from '../support/policy.ts';
import { makeTinyConduit } from '../support/tiny-conduit.ts';

const { runbook, warnings } = loadRunbook({ cwd: process.cwd(), file: 'docs/examples/conduit.yaml' });
const RUN = 'r-20251001-1400-7f3a';

/** The example as it stands, pointed at a stand-in and hurried. */
function at(url: string): Runbook {
  const { staging } = runbook.environments;
  const { smoke } = runbook;
  if (staging === undefined || smoke === undefined) throw new TypeError('the example has lost its parts');
  return { ...runbook, environments: { staging: { ...staging, url } }, smoke: { ...smoke, everyMs: 1 } };
}

const clock = {
  now: () => new Date('2025-10-01T14:00:00Z'),
  monotonic: () => performance.now(),
  sleep: async () => undefined,
};

const order = (url: string, over: Partial<SmokeOrder> = {}): SmokeOrder => ({
  env: 'staging',
  version: 'v1.0.0',
  run: RUN,
  runbook: at(url),
  clock,
  signal: new AbortController().signal,
  secret: (name) => ({ $SMOKE_USER: 'smoke@example.com' })[name] ?? 'secret',
  tell: () => undefined,
  samples: 3,
  ...over,
});

const smoke = (url: string, over: Partial<SmokeOrder> = {}) => {
  const web = makeWeb({ runbook: at(url), proxyOf: () => undefined } as never);
  return runSmoke(onlyThese({ web }), order(url, over));
};

describe('the example of an application that is not RuR2', () => {
  it('is a configuration without a problem', () => {
    expect(warnings).toEqual([]);
    expect(runbook.smoke?.calls.map(({ id }) => id)).toEqual([
      'tags',
      'login',
      'profile',
      'write-article',
      'read-article',
      'comment',
    ]);
  });

  it('E-71: runs against that application, and leaves nothing behind', async () => {
    const conduit = makeTinyConduit();
    await withApp(conduit.serve, async (url) => {
      const { endpoints, cleanup } = await smoke(url);
      expect(endpoints.filter(({ errors, n }) => errors > 0 || n === 0)).toEqual([]);
      expect(cleanup).toEqual({ created: 4, deleted: 4, left: [] });
      expect([conduit.articles, conduit.comments.size]).toEqual([[], 0]);
    });
  });

  it('E-72: finds by its title what a killed smoke test left, and nothing of anybody else', async () => {
    const conduit = makeTinyConduit();
    conduit.articles.push(
      { slug: 'left', title: `smoke:1.0.0 ${RUN}` },
      { slug: 'own', title: 'How to train your dragon' },
    );
    await withApp(conduit.serve, async (url) => {
      const { cleanup } = await smoke(url, { triedSince: new Date(0) });
      expect(cleanup).toEqual({ created: 5, deleted: 5, found: 1, left: [] });
      expect(conduit.articles.map(({ slug }) => slug)).toEqual(['own']);
    });
  });
});
