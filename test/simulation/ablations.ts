import type { Ledger } from '../../src/ledger/ledger.ts';

/** What can be taken out of the protocol; each of them is there because releases break without it. */
export const INGREDIENTS = ['guard', 'settle', 'intent', 'inspect', 'fence'] as const;
export type Ingredient = (typeof INGREDIENTS)[number];

const bound = (ledger: Ledger): Ledger => ({
  about: ledger.about,
  read: (scope) => ledger.read(scope),
  scopes: () => ledger.scopes(),
  holder: (scope) => ledger.holder(scope),
  acquire: (scope, claim) => ledger.acquire(scope, claim),
  append: (held, event) => ledger.append(held, event),
  renew: (held) => ledger.renew(held),
  release: (held, outcome) => ledger.release(held, outcome),
  note: (scope, event) => ledger.note(scope, event),
});

const withoutIntents = (ledger: Ledger): Ledger => ({
  ...bound(ledger),
  append: async (held, event) =>
    event.type === 'step.intent'
      ? ({ ...event, at: '2025-10-01T14:00:00.000Z' } as never)
      : ledger.append(held, event),
});

const withoutFence = (ledger: Ledger): Ledger => ({
  ...bound(ledger),
  append: (held, event) => ledger.note(held.scope, event),
  renew: async () => undefined,
});

/** The ledger without what a protocol that lacks these ingredients would not ask of it. */
export function weaken(ledger: Ledger, missing: readonly Ingredient[]): Ledger {
  const open = missing.includes('fence') ? withoutFence(ledger) : ledger;
  return missing.includes('intent') ? withoutIntents(open) : open;
}
