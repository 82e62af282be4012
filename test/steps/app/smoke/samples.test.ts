import { describe, expect, it } from 'vitest';
import { makeRunbook } from '../../../support/policy.ts';
import { good, RUNBOOK, SMOKE, smoke } from './smoke-world.ts';

describe('the samples of the smoke scenario', () => {
  it('SMK-06F: sends a call that writes once, and takes away what it made', async () => {
    const { report, asked } = await smoke(good);
    expect(asked.filter((one) => one.method === 'POST' && one.path === '/things')).toHaveLength(1);
    expect(asked.filter((one) => one.method === 'DELETE').map((one) => one.path)).toEqual(['/things/4512']);
    expect(report.cleanup).toEqual({ created: 1, deleted: 1, left: [] });
  });

  it('SMK-06F: sends a call once that does not say whether it writes, unless it is a GET', async () => {
    const { asked } = await smoke(good);
    expect(asked.filter((one) => one.path === '/login')).toHaveLength(1);
    expect(asked.filter((one) => one.path === '/pdf')).toHaveLength(7);
  });

  const judged = (samples: number) => makeRunbook({ ...RUNBOOK, smoke: { ...SMOKE, samples, p95: 'here' } });

  it('E-24: twenty fast answers prove no P95: inconclusive, and how many it takes is said', async () => {
    const { report } = await smoke(good, { runbook: judged(20) });
    expect(report.call).toBe('hold');
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({
      state: 'unknown',
      verdict: 'inconclusive',
      needed: 59,
    });
  });

  it('E-24: fifty-nine may; a call that writes is judged by errors and max alone, and that is said', async () => {
    const { report } = await smoke(good, { runbook: judged(59) });
    expect(report.call).toBe('go');
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({ verdict: 'pass', n: 59 });
    expect(report.endpoints.find((one) => one.id === 'create')).toMatchObject({
      state: 'pass',
      verdict: 'inconclusive',
      p95Judged: 'watch',
      n: 1,
    });
  });

  it('E-24: makes a few records for the samples of a call that writes, and takes every one of them away', async () => {
    let id = 0;
    const { report, asked } = await smoke(
      (one) => {
        if (one.method !== 'POST' || one.path !== '/things') return good(one);
        id += 1;
        return { status: 201, json: { id } };
      },
      { runbook: makeRunbook({ ...RUNBOOK, smoke: { ...SMOKE, writeSamples: 3 } }) },
    );
    expect(report.endpoints.find((one) => one.id === 'create')).toMatchObject({ n: 3, state: 'pass' });
    expect(asked.filter((one) => one.method === 'DELETE').map((one) => one.path)).toEqual([
      '/things/3',
      '/things/2',
      '/things/1',
    ]);
    expect(asked.some((one) => one.method === 'GET' && one.path === '/things/3')).toBe(false);
  });

  it('RBV-1: asks less for a rollback, whose users wait', async () => {
    const rollback = { samples: 3, writeSamples: 1, p95: 'watch' };
    const both = makeRunbook({ ...RUNBOOK, smoke: { ...SMOKE, samples: 9, rollback } });
    const { report } = await smoke(good, { runbook: both, variant: 'rollback' });
    expect(report).toMatchObject({
      call: 'go',
      endpoints: expect.arrayContaining([expect.objectContaining({ id: 'health', n: 3 })]),
    });
  });

  it('SMK-01L: fails for answers over the limit', async () => {
    const { report } = await smoke((one) => ({ ...good(one), tookMs: one.path === '/health' ? 120 : 5 }), {
      runbook: judged(5),
    });
    expect(report.endpoints.find((one) => one.id === 'health')).toMatchObject({ state: 'fail', p95Ms: 120 });
  });
});
