import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import { makeRollbackPlan, makeTalkativeRunbook } from '../support/announcing.ts';
import { makeRunbook } from '../support/policy.ts';

const channels = { releases: { id: 'C0RELEASES' }, support: { id: 'C0SUPPORT' } };
const told = (routes: Record<string, string[]>) => ({
  services: { slack: { botToken: '$T', channels, routes } },
});
const routes = { 'rollback-complete': ['releases'], 'support-brief': ['support'] };
const runbook = makeTalkativeRunbook(told(routes));
const none = { kind: 'none' } as const;

describe('who briefs support', () => {
  it('RBX-7.3, E-115: the rollback itself, once, beside the run and behind the message that it is complete', () => {
    const { entries } = makeRollbackPlan(runbook, none);
    const briefs = entries.filter(({ name }) => name === 'brief-support');
    expect(briefs).toHaveLength(1);
    expect(briefs[0]).toMatchObject({ beside: true, onFailure: 'warn' });
    expect((briefs[0] as unknown as { input: JsonObject }).input).toMatchObject({
      template: 'support-brief',
      channels: ['support'],
    });
    expect(entries[entries.findIndex(({ name }) => name === 'complete') + 1]).toBe(briefs[0]);
  });

  it('E-115: nobody where support has no route of its own, and the plan is as it was', () => {
    const { 'support-brief': _route, ...others } = routes;
    const names = makeRollbackPlan(makeTalkativeRunbook(told(others)), none).entries.map(({ name }) => name);
    const briefed = makeRollbackPlan(runbook, none).entries.map(({ name }) => name);
    expect(names).toEqual(briefed.filter((name) => name !== 'brief-support'));
    expect(names).toContain('complete');
  });

  it('nobody where no customer is: a rollback on an environment that is not protected', () => {
    const { production } = makeRunbook().environments;
    const open = makeTalkativeRunbook({
      ...told(routes),
      environments: { production: { ...production, protected: false } },
    });
    expect(makeRollbackPlan(open, none).entries.map(({ name }) => name)).not.toContain('brief-support');
  });
});
