import { describe, expect, it } from 'vitest';
import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../support/policy.ts';

const facts = (over: Partial<RollbackFacts> = {}): RollbackFacts => ({
  from: 'v2.1.0',
  to: 'v2.0.3',
  main: 'a'.repeat(40),
  treeIsThere: false,
  isCodeAway: false,
  covers: [],
  commit: 'a'.repeat(40),
  data: { kind: 'down', commit: 'd'.repeat(40), tags: ['0043_a', '0044_b'] },
  readsData: true,
  at: '2026-11-24T15:00:00.000Z',
  reason: 'error rate 6.2 %',
  severity: 'P0',
  configDigest: 'digest',
  run: 'r-20261124-1500-7f3a',
  ...over,
});
const restoring = (keepAs = 'kept') =>
  ({
    kind: 'restore',
    at: '2026-11-24T14:26:00.000Z',
    lsn: '0/16B3748',
    xid: '757:757:',
    keepAs,
    agreedMinutes: 34,
  }) as const;
const runbook = makeRunbook({
  smoke: { calls: [{ id: 'health', row: 'SMK-01', path: '/health', budget: 'health' }] },
});
const disabled = { kind: 'disable', endpoints: ['we_1'] } as const;
const plan = (over: Partial<RollbackFacts> = {}) => planRollback(facts(over), runbook, 'production');
const names = (over: Partial<RollbackFacts> = {}): string[] => plan(over).entries.map((entry) => entry.name);

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

  it('E-88: reads the rollback scripts from the newer commit', () => {
    const revert = plan().entries.find((entry) => entry.name === 'revert:0044_b');
    expect(revert).toMatchObject({ input: { commit: 'd'.repeat(40) } });
  });

  it('E-88: sees first that nothing moved since it was planned: the deploy that it pushed aside may have landed', () => {
    const list = names({ applied: 6 });
    expect(list.slice(1, 3)).toEqual(['main-as-planned', 'schema-as-planned']);
    expect(names({ applied: undefined as never })).not.toContain('schema-as-planned');
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

  it('RBX-2.1: takes data back only behind maintenance that the earlier code itself has confirmed', () => {
    expect(onFailureOf('maintenance-kept')).toBe('stop');
    expect(onFailureOf('jobs-kept')).toBe('stop');
    const list = names({ data: restoring() });
    expect(list.indexOf('prove-live')).toBeLessThan(list.indexOf('maintenance-kept'));
    expect(list.indexOf('jobs-kept')).toBeLessThan(list.indexOf('restore-database'));
  });

  it('E-84: a way back of the code alone is not stopped by a hook that refuses', () => {
    expect(onFailureOf('maintenance-kept', { data: { kind: 'none' } })).toBe('warn');
    expect(names({ data: { kind: 'none' } })).not.toContain('jobs-kept');
  });

  it('E-84: leaves the database alone when nothing in it changed', () => {
    expect(names({ data: { kind: 'none' } }).filter((name) => /revert|restore-database/.test(name))).toEqual(
      [],
    );
  });

  const stepOf = (name: string, over: Partial<RollbackFacts> = {}) =>
    plan(over).entries.find((one) => one.name === name);

  it('E-84, RBV-5: a database that cannot be counted keeps no code from moving and nobody out; a shown loss does', () => {
    const past = { onFailure: 'warn', input: { withinMs: 20_000 } };
    for (const data of [{ kind: 'none' } as const, facts().data, restoring()]) {
      expect(stepOf('baseline', { data })).toMatchObject(past);
      expect(stepOf('baseline', { data })).not.toHaveProperty('stopsOn');
    }
    expect(stepOf('integrity')).toMatchObject({ ...past, stopsOn: ['E_DATA_INTEGRITY'] });
    const behind = ['maintenance-on', 'maintenance-kept'];
    expect(stepOf('integrity')).toMatchObject({ input: { behind } });
    expect(stepOf('schema-as-planned', { applied: 6 })).toMatchObject({
      ...{ onFailure: 'warn', stopsOn: ['E_PLAN_STALE'] },
    });
  });

  it('RBX-4B2, RBV-4: asks the database before users are in, exactly where it was taken back, and holds nobody up', () => {
    for (const data of [{ kind: 'none' } as const, facts().data, restoring()]) {
      const list = names({ data });
      expect(list.indexOf('database-answers')).toBeGreaterThan(list.indexOf('progress'));
      expect(list.indexOf('database-answers')).toBeLessThan(list.indexOf('maintenance-off'));
      const isExact = data.kind !== 'none';
      expect(stepOf('database-answers', { data })).toMatchObject({
        ...{ effect: 'read', onFailure: 'warn', input: { version: 'v2.0.3', isExact } },
      });
      expect(stepOf('database-answers', { data })).not.toHaveProperty('stopsOn');
    }
  });

  it('RBX-4A1: restores to the given position and keeps the state before under a name', () => {
    const entries = plan({ data: restoring('pre-rollback') }).entries;
    expect(entries.find((entry) => entry.name === 'restore-database')).toMatchObject({
      stop: 'never-between',
      input: { lsn: '0/16B3748', keepAs: 'pre-rollback' },
    });
    expect(entries.some((entry) => entry.name === 'integrity')).toBe(false);
  });

  it('EXT-05: what later looks compare with is counted after a restore, whose loss was agreed to', () => {
    const list = names({ data: restoring() });
    expect(list.filter((name) => name === 'baseline')).toHaveLength(1);
    expect(list.indexOf('baseline')).toBeGreaterThan(list.indexOf('restore-database'));
    expect(list.indexOf('baseline')).toBeLessThan(list.indexOf('maintenance-off'));
    expect(onFailureOf('baseline', { data: restoring() })).toBe('warn');
    expect(names().indexOf('baseline')).toBeLessThan(names().indexOf('restore-commit'));
  });

  it('E-86: counts the loss right before it restores, behind maintenance, and anew when a run comes back', () => {
    const list = names({ data: restoring() });
    expect(list.indexOf('count-loss')).toBe(list.indexOf('restore-database') - 1);
    expect(list.indexOf('jobs-kept')).toBeLessThan(list.indexOf('count-loss'));
    const { entries } = plan({ data: restoring() });
    expect(entries.find(({ name }) => name === 'count-loss')).toMatchObject({
      effect: 'read',
      input: { at: '2026-11-24T14:26:00.000Z', lsn: '0/16B3748', xid: '757:757:', agreedMinutes: 34 },
    });
    expect(entries.find(({ name }) => name === 'restore-database')).toMatchObject({ provenBy: 'prove-live' });
    expect(names()).not.toContain('count-loss');
  });

  it('RBX-4C2: raises sequences right after the restore, and a refusal there keeps nobody out', () => {
    const list = names({ data: restoring('pre-rollback') });
    expect(list.indexOf('raise-sequences')).toBe(list.indexOf('restore-database') + 1);
    expect(list.indexOf('raise-sequences')).toBeLessThan(list.indexOf('maintenance-off'));
    expect(onFailureOf('raise-sequences', { data: restoring('pre-rollback') })).toBe('warn');
    expect(names()).not.toContain('raise-sequences');
  });

  it('E-46: looks which endpoint serves the database before and after a restore, and stops for neither', () => {
    const data = restoring('pre-rollback');
    const list = names({ data });
    expect(list.indexOf('endpoint-before')).toBeLessThan(list.indexOf('restore-database'));
    expect(list.indexOf('endpoint-after')).toBeGreaterThan(list.indexOf('restore-database'));
    for (const name of ['endpoint-before', 'endpoint-after']) {
      expect(onFailureOf(name, { data })).toBe('warn');
      expect(names()).not.toContain(name);
    }
  });

  it('takes no migration back while the newer code may still answer', () => {
    const list = names();
    expect(list.indexOf('prove-live')).toBeLessThan(list.indexOf('revert:0044_b'));
    const restored = names({ data: restoring() });
    expect(restored.indexOf('prove-live')).toBeLessThan(restored.indexOf('restore-database'));
  });

  it('E-82: works in the background again before it is tested, because exports are part of the tests', () => {
    const list = names();
    expect(list.indexOf('resume-jobs')).toBeLessThan(list.indexOf('smoke'));
    expect(list.indexOf('resume-jobs')).toBeGreaterThan(list.indexOf('revert:0043_a'));
  });

  it('leaves the database alone altogether with --db none', () => {
    const list = names({ data: { kind: 'none' }, readsData: false });
    expect(list.filter((name) => /baseline|integrity|database|revert/.test(name))).toEqual([]);
  });

  it('E-82: lets people in only after the earlier version was proven', () => {
    const list = names();
    expect(list.indexOf('gate-smoke')).toBeLessThan(list.indexOf('maintenance-off'));
  });
});

describe('Stripe’s deliveries in the plan of a rollback', () => {
  const order = (over: Partial<RollbackFacts>, ...wanted: readonly string[]) =>
    names(over).filter((name) => wanted.includes(name));
  const entryOf = (over: Partial<RollbackFacts>, name: string) =>
    plan(over).entries.find((entry) => entry.name === name);

  it('RBX-2.3, RBX-6.3, E-82: are off before the code goes back, on before the smoke tests, and proven once users are in', () => {
    const webhooks = ['webhooks-off', 'webhooks-on', 'webhooks-open'];
    const around = ['restore-commit', 'smoke', 'maintenance-off', 'complete'];
    expect(order({ webhooks: disabled }, ...webhooks, ...around)).toEqual([
      ...['webhooks-off', 'restore-commit', 'webhooks-on', 'smoke', 'maintenance-off'],
      ...['webhooks-open', 'complete'],
    ]);
  });

  it('RBX-6.3: a Stripe that is down holds up neither the way back nor users, and is not gone past at the end', () => {
    const onFailure = (name: string) => {
      const entry = entryOf({ webhooks: disabled }, name);
      return entry?.kind === 'step' ? (entry.onFailure ?? 'stop') : undefined;
    };
    expect(['webhooks-off', 'webhooks-on', 'webhooks-open'].map(onFailure)).toEqual(['warn', 'warn', 'stop']);
  });

  it('RBX-2.3: states how the silence is undone', () => {
    const entry = entryOf({ webhooks: disabled }, 'webhooks-off');
    expect(entry?.kind === 'step' && entry.undo).toMatchObject({ kind: 'compensate' });
  });

  it('E-83: left to maintenance mode are looked at, and switched by nobody', () => {
    const webhooks = { kind: 'maintenance' } as const;
    expect(
      order({ webhooks }, 'maintenance-on', 'webhooks-held', 'maintenance-off', 'webhooks-proven'),
    ).toEqual(['maintenance-on', 'webhooks-held', 'maintenance-off', 'webhooks-proven']);
    expect(JSON.stringify(plan({ webhooks }).entries)).not.toMatch(/disable-webhooks|enable-webhooks/);
  });

  const open = { kind: 'open', because: 'nothing is configured' } as const;

  it('E-89: held back by nobody make no entry, and are asked about at the end', () => {
    expect(names({ webhooks: open }).filter((name) => !names().includes(name))).toEqual(['webhooks-proven']);
  });

  it('RBX-5.5, RBV-6: are tried with a signed event once users are in, which holds nothing up', () => {
    for (const webhooks of [open, disabled, { kind: 'maintenance' } as const]) {
      const list = order({ webhooks }, 'maintenance-off', 'webhooks-proven', 'complete');
      expect(list).toEqual(['maintenance-off', 'webhooks-proven', 'complete']);
      expect(entryOf({ webhooks }, 'webhooks-proven')).toMatchObject({ effect: 'read', onFailure: 'warn' });
    }
  });

  it('E-83: are looked at without a signature where no secret is configured', () => {
    const { production } = makeRunbook().environments;
    const stripe = { mode: 'live', secretKey: '$KEY' };
    const keyless = makeRunbook({ environments: { production: { ...production, stripe } } });
    const entries = planRollback(facts({ webhooks: { kind: 'maintenance' } }), keyless, 'production').entries;
    const list = entries.map(({ name }) => name).filter((name) => name.startsWith('webhooks'));
    expect(list).toEqual(['webhooks-held', 'webhooks-open']);
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
