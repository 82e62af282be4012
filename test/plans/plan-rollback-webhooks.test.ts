import { describe, expect, it } from 'vitest';
import { planRollback } from '../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../support/policy.ts';
import { facts, names, plan } from './rollback-plans.ts';

const disabled = { kind: 'disable', endpoints: ['we_1'] } as const;

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
