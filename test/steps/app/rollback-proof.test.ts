import { describe, expect, it } from 'vitest';
import { judgeVerified } from '../../../src/domain/judge-verified.ts';
import { runSmoke } from '../../../src/steps/app/smoke/run-smoke.ts';
import { makeMoment, makeRollbackPlan, makeTalkativeRunbook } from '../../support/announcing.ts';
import { OWN } from '../../support/own-runbook.ts';
import { onlyThese } from '../../support/policy.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';

const shipped = OWN.runbook.smoke?.calls ?? [];
const list = shipped.find(({ id }) => id === 'list-assessments');
const login = {
  ...{ id: 'login', row: 'SMK-03', method: 'POST', path: '/api/auth/login', budget: 'fast' },
  ...{ json: { email: '{email}' }, capture: { token: 'token' } },
};
const runbook = makeTalkativeRunbook({
  environments: {
    production: {
      url: 'https://rur2.example',
      ...{ host: { strategy: 'push' }, smoke: { user: '$SMOKE_USER', password: '$SMOKE_PASSWORD' } },
    },
  },
  budgets: { fast: { row: 'PER-04', endpoint: 'GET /api/assessments', p95Ms: 250, errorPercent: 1 } },
  smoke: {
    rollback: { samples: 3, writeSamples: 1, p95: 'watch' },
    calls: [login, { ...list, budget: 'fast' }],
  },
});

/** The smoke tests of a rollback, with what the list of assessments answers. */
async function provedBy(answer: { readonly status?: number; readonly json?: unknown }) {
  let ms = 0;
  const rest = async (pause: number): Promise<void> => {
    ms += pause;
  };
  const { web, asked } = makeScriptedWeb(({ path }) =>
    path === '/api/assessments' ? answer : { json: { token: 'a token' } },
  );
  const report = await runSmoke(onlyThese({ web }), {
    ...{ env: 'production', version: 'v2.1.0', run: 'r-1', variant: 'rollback', runbook },
    clock: { now: () => new Date(ms), monotonic: () => ms, sleep: rest },
    signal: new AbortController().signal,
    secret: (name) => `value of ${name}`,
    tell: () => undefined,
  });
  const { plan } = makeMoment(makeRollbackPlan(runbook, { kind: 'none' }), 'complete');
  const { shown } = judgeVerified(plan, { smoke: { call: report.call } });
  return { asked: asked.filter(({ path }) => path === '/api/assessments'), shown };
}

describe('the list of assessments after a rollback', () => {
  it('RBX-5.3: is read with a token, and what it answers makes the rollback verified or not', async () => {
    const { asked, shown } = await provedBy({ json: [{ id: 1, name: 'First' }] });
    expect(asked.map(({ headers }) => headers?.authorization)).toContain('Bearer a token');
    expect(shown).toContain('smoke tests');
    for (const bad of [{ status: 500 }, { status: 401 }, { json: [{ id: 1 }] }, { json: {} }])
      expect((await provedBy(bad)).shown).not.toContain('smoke tests');
  });
});
