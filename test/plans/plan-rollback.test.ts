import { describe, expect, it } from 'vitest';
import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { facts, names, plan, restoring, runbook } from './rollback-plans.ts';

/** What a run that comes back asks about, and the entries that would take it back. */
const CLOSES: Readonly<Record<string, string>> = {
  'app.maintenance-off': 'app.maintenance-on',
  'app.traffic-normal': 'app.traffic-away',
};
describe('the plan of a rollback', () => {
  it.each([
    { way: 'scripts', over: {} },
    { way: 'a restore', over: { data: restoring() } },
    { way: 'code alone', over: { data: { kind: 'none' } as const } },
  ])(
    'T37: closes no door behind its opening with $way, so that a run that comes back may look at it',
    ({ over }) => {
      const steps = plan(over).entries.flatMap((entry) => (entry.kind === 'step' ? [entry.step] : []));
      for (const [opens, closes] of Object.entries(CLOSES))
        expect(steps.includes(opens) ? steps.slice(steps.indexOf(opens)) : []).not.toContain(closes);
      expect(steps).toContain('app.maintenance-off');
    },
  );

  it('RBX-1.2 … RBX-7.1: tells, stops what comes in, puts code and data back, verifies, reopens, tells', () => {
    expect(names()).toEqual([
      'announce',
      'main-as-planned',
      'maintenance-on',
      'pause-jobs',
      'baseline',
      'restore-commit',
      'publish',
      'prove-live',
      'maintenance-kept',
      'jobs-kept',
      'revert:0044_b',
      'revert:0043_a',
      'progress',
      'database-answers',
      'integrity',
      'resume-jobs',
      'warm-up',
      'smoke',
      'gate-smoke',
      'maintenance-off',
      'complete',
    ]);
  });

  const withPage = (over: Record<string, unknown> = {}) => {
    const { environments, ...rest } = runbook;
    const production = {
      ...environments.production,
      statusPage: { kind: 'file', path: 'status.json', texts: {} },
      ...over,
    };
    return { ...rest, environments: { production } } as unknown as typeof runbook;
  };
  const pageOf = (given: typeof runbook) => {
    const { entries } = planRollback(facts(), given, 'production');
    return { entries, order: entries.map(({ name }) => name) };
  };

  it('RBX-7.2: tells the status page once users are kept out, and again when they are back; never "resolved"', () => {
    const { entries, order } = pageOf(withPage());
    expect(order.slice(2, 6)).toEqual(['maintenance-on', 'pause-jobs', 'status-identified', 'baseline']);
    expect(order.slice(-3)).toEqual(['maintenance-off', 'status-monitoring', 'complete']);
    const told = entries.filter(({ name }) => name.startsWith('status-'));
    expect(told).toMatchObject([
      { onFailure: 'warn', input: { state: 'identified', env: 'production', patienceMs: 3000 } },
      { onFailure: 'warn', input: { state: 'monitoring', env: 'production', patienceMs: 3000 } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/error rate|\bdata\b/);
  });

  it('RBX-2.4, RBX-6.4: sends users to the status page behind maintenance, and back once what answers is proven', () => {
    const hook = { command: './cdn.sh' };
    const { entries, order } = pageOf(withPage({ traffic: { away: hook, normal: hook, verify: hook } }));
    expect(order.slice(2, 6)).toEqual(['maintenance-on', 'pause-jobs', 'traffic-away', 'status-identified']);
    expect(order.slice(-4)).toEqual(['maintenance-off', 'traffic-normal', 'status-monitoring', 'complete']);
    expect(entries.find(({ name }) => name === 'traffic-away')).toMatchObject({ onFailure: 'warn' });
    const back = entries.find(({ name }) => name === 'traffic-normal');
    expect(back).toMatchObject({ provenBy: 'prove-live' });
    expect(back).not.toHaveProperty('onFailure');
  });

  it('says that users are back only where somebody proves what answers', () => {
    expect(pageOf(withPage({ host: undefined })).order).not.toContain('status-monitoring');
  });

  it('rests the opening of the door on the proof, so that a run that comes back proves anew', () => {
    expect(plan().entries.find((entry) => entry.name === 'maintenance-off')).toMatchObject({
      provenBy: 'prove-live',
    });
  });

  it('makes no second restore commit when main already has the tree', () => {
    expect(names({ treeIsThere: true })).not.toContain('restore-commit');
    expect(plan({ treeIsThere: true }).entries.find((e) => e.name === 'publish')).toMatchObject({
      input: { commit: 'a'.repeat(40) },
    });
  });

  const onFailureOf = (name: string, over: Partial<RollbackFacts> = {}) => {
    const entry = plan(over).entries.find((one) => one.name === name);
    return entry?.kind === 'step' ? (entry.onFailure ?? 'stop') : 'not there';
  };

  it('E-84: an application that is down cannot hold up its own way back', () => {
    expect(onFailureOf('maintenance-on')).toBe('warn');
    expect(onFailureOf('pause-jobs')).toBe('warn');
    expect(onFailureOf('publish')).toBe('stop');
  });

  it('E-84: a way back of the code alone is not stopped by a hook that refuses', () => {
    expect(onFailureOf('maintenance-kept', { data: { kind: 'none' } })).toBe('warn');
    expect(names({ data: { kind: 'none' } })).not.toContain('jobs-kept');
  });

  it('E-82: works in the background again before it is tested, because exports are part of the tests', () => {
    const list = names();
    expect(list.indexOf('resume-jobs')).toBeLessThan(list.indexOf('smoke'));
    expect(list.indexOf('resume-jobs')).toBeGreaterThan(list.indexOf('revert:0043_a'));
  });

  it('E-82: lets people in only after the earlier version was proven', () => {
    const list = names();
    expect(list.indexOf('gate-smoke')).toBeLessThan(list.indexOf('maintenance-off'));
  });
});

describe('the messages of a rollback', () => {
  it('M11: keep nobody waiting for a Slack that hangs, and stop nothing', () => {
    const messages = plan().entries.filter(
      (entry) => entry.kind === 'step' && entry.step === 'slack.announce',
    );
    expect(messages).toHaveLength(3);
    for (const entry of messages)
      expect(entry).toMatchObject({ beside: true, onFailure: 'warn', input: { patienceMs: 3000 } });
  });
});
