import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../src/kit.ts';
import { smokeTest } from '../../../src/steps/app/smoke-test.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';
import { makeScriptedWeb } from '../../support/scripted-web.ts';
import { good, order, smoke, stateOf } from './smoke/smoke-world.ts';

describe('the smoke scenario', () => {
  it('SMK-00: says go when every endpoint answers as expected, with the samples it needs', async () => {
    const { report, asked } = await smoke(good);
    expect(report.call).toBe('go');
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({
      n: 5,
      p95Ms: 5,
      state: 'pass',
    });
    // Once in the first pass, once to open the lane's connection, and then for the figures.
    expect(asked.filter((one) => one.path === '/health')).toHaveLength(7);
  });

  it('SMK-07F: uses the captured id and the captured token', async () => {
    const { asked } = await smoke(good);
    const fetched = asked.find((one) => one.path === '/things/4512' && one.method === 'GET');
    expect(fetched?.headers?.authorization).toBe('Bearer a token');
  });

  it('SMK-03F: logs in with the configured account, whose secrets stand in no path', async () => {
    const { asked } = await smoke(good);
    expect(asked.find((one) => one.path === '/login')?.body).toContain('value of $SMOKE_PASSWORD');
    expect(asked.some((one) => one.path.includes('value of'))).toBe(false);
  });

  it('T46: keeps nothing of what people’s records hold, nor of the account it uses, whether calls pass or fail', async () => {
    const personal = { name: 'Canary Person', mail: 'canary@people.example', token: 'canary-token' };
    const seen = [
      await smoke((one) => ({ ...good(one), ...(one.path === '/login' ? { json: personal } : {}) })),
      await smoke((one) => ({ status: 500, json: { error: personal, sent: one.body } })),
      await smoke(() => ({ json: { ...personal, parts: personal, id: personal } })),
    ];
    for (const { report, asked } of seen) {
      expect(asked.length).toBeGreaterThan(1);
      expect(JSON.stringify(report)).not.toMatch(/canary|value of/i);
    }
  });

  it('E-78: a 200 of the old build is a failure', async () => {
    const { report } = await smoke((one) =>
      one.path === '/health' ? { json: { status: 'ok', version: '2.0.3' } } : good(one),
    );
    expect(report.call).toBe('no-go');
    expect(stateOf(report, 'health')).toBe('fail');
  });

  it('E-71: what lives on a failed call is not run, and that is no pass', async () => {
    const { report, asked } = await smoke((one) => (one.path === '/things' ? { status: 500 } : good(one)));
    expect(stateOf(report, 'create')).toBe('fail');
    expect(stateOf(report, 'fetch')).toBe('unknown');
    expect(asked.some((one) => one.path.includes('{'))).toBe(false);
  });

  it('E-75: polls until the export is ready, and measures the answer that was', async () => {
    const { report } = await smoke((one, nth) =>
      one.path === '/pdf' && nth < 3 ? { status: 202, tookMs: 999 } : good(one),
    );
    expect(report.endpoints.find((one) => one.id === 'download')).toMatchObject({ state: 'pass', maxMs: 5 });
  });

  it('SMK-13F: gives up polling at its limit', async () => {
    const { report } = await smoke((one) => (one.path === '/pdf' ? { status: 202 } : good(one)));
    expect(stateOf(report, 'download')).toBe('fail');
  });

  it('SMK-09F: leaves a call out, and says so, when what it needs is not configured', async () => {
    const { report } = await smoke(good);
    expect(report.endpoints.find((one) => one.id === 'checkout')).toMatchObject({
      state: 'skip',
      said: 'no checkout price is configured: not proven',
    });
  });

  it('PRE-15: wants the name that was proven to answer, which may be a candidate’s own', async () => {
    const { web } = makeScriptedWeb((one) =>
      one.path === '/health' ? { json: { status: 'ok', version: '2.1.0-rc.1' } } : good(one),
    );
    const facts = { 'prove-live': { version: '2.1.0-rc.1', answers: 3, tookMs: 1 } };
    const context = { ...order(), attempt: 1, guard: () => undefined, facts };
    const done = await smokeTest.run(
      onlyThese({ web }),
      { env: 'production', version: '2.1.0' },
      context as unknown as StepContext,
    );
    expect(done).toMatchObject({ call: 'go', version: '2.1.0-rc.1' });
  });

  it('reads only when asked to', async () => {
    const { report, asked } = await smoke(good, { readOnly: true });
    expect(asked.some((one) => one.path === '/things')).toBe(false);
    expect(stateOf(report, 'create')).toBe('skip');
  });

  it('leaves out what lives on a call that was left out, and can still be healthy', async () => {
    const { report } = await smoke(good, { readOnly: true });
    expect(stateOf(report, 'fetch')).toBe('skip');
    expect(report.call).toBe('go');
  });

  it('refuses without a scenario', async () => {
    await expect(smoke(good, { runbook: makeRunbook() })).rejects.toMatchObject({ code: 'E_SMOKE_OFF' });
  });
});
