import { runHandoff } from '../../../src/cli/handoff/run-handoff.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { PlanEntry } from '../../../src/domain/plan.ts';
import type { EventData, EventType, LedgerEvent } from '../../../src/ledger/event.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makeRunbook } from '../../support/policy.ts';
import { endOf, makeCliWorld } from '../cli-world.ts';

const step = (name: string, title: string): PlanEntry => ({
  kind: 'step',
  name,
  title,
  stop: 'safe',
  step: name,
  def: 1,
  effect: 'probeable',
  input: {},
  undo: { kind: 'nothing' },
});

const entries = [
  step('announce', 'Announce release-start in #releases'),
  step('backup', 'Back up the database'),
  step('prove-live', 'v2.1.0 is live'),
  step('smoke', 'Smoke tests'),
  step('maintenance-off', 'Maintenance mode off'),
];

/** Facts of a good deploy, as its steps record them. */
export const GOOD: Readonly<Record<string, JsonObject>> = {
  announce: {
    sent: [{ channel: 'releases', transport: 'bot', ts: '1' }],
    missed: [],
    at: '2025-10-01T14:00:00.000Z',
  },
  backup: { id: 'br-quiet-sun', name: 'pre-v2.1.0', at: '2025-10-01T14:00:41.000Z' },
  'prove-live': { version: '2.1.0', answers: 3 },
  smoke: { call: 'go', endpoints: [{ state: 'pass' }, { state: 'close' }, { state: 'skip' }] },
  'maintenance-off': {},
};

export const FIGURES: JsonObject = {
  'error-percent': 0.2,
  'p95-ms': 120,
  'query-p95-ms': 40,
  'payment-success-percent': 99.5,
};

interface Wanted {
  readonly facts?: Readonly<Record<string, JsonObject>>;
  readonly figures?: JsonObject;
  /** Minutes after 10:00 in New York. */
  readonly watchedAt?: number;
  readonly says?: string;
  readonly backups?: readonly string[];
  readonly runbook?: Record<string, unknown>;
  readonly answers?: readonly string[];
  readonly canAsk?: boolean;
  /** Text of the file of allowed signers on main. */
  readonly signers?: string;
}

/** v2.1.0 reached users at 10:10 and was watched until 12:10; the test's clock stands a little later. */
export function makeHandoffWorld(wanted: Wanted = {}) {
  const { facts = GOOD, figures = FIGURES, says = '2.1.0', backups = ['pre-v2.1.0'] } = wanted;
  const shop = makeCliWorld({
    command: 'handoff',
    runbook: makeRunbook(wanted.runbook),
    live: async () => ({ version: says, latencyMs: 1 }),
    configured: ['host', 'neon', 'slack'],
    answers: wanted.answers ?? [],
    branches: { main: 'a'.repeat(40) },
    files: { allowed_signers: wanted.signers ?? '' },
    terminal: { canAsk: wanted.canAsk ?? false },
    services: {
      shell: makeShell(),
      neon: {
        findBackup: async (_, name) =>
          backups.includes(name)
            ? { id: 'br-quiet-sun', name, createdAt: '2025-10-01T14:00:41.000Z', ready: true }
            : undefined,
      },
    },
  });
  const now = shop.wired.clock.now().getTime();
  const start = now - 130 * 60_000;
  const events: LedgerEvent[] = [];
  const add = <T extends EventType>(
    minute: number,
    run: string,
    type: T,
    data: EventData[T],
    name?: string,
  ): void => {
    const at = new Date(start + minute * 60_000).toISOString();
    const head = { v: 1, id: `${run}-${events.length}`, scope: 'rur2/production', run, epoch: 1 };
    const origin = { seq: events.length + 1, at, host: 'laptop', actor: 'Ana', tool: '0.1.0', p: '', h: '' };
    events.push({
      ...head,
      ...origin,
      type,
      data,
      ...(name === undefined ? {} : { step: name }),
    } as LedgerEvent);
  };
  const plan = {
    command: 'deploy',
    service: 'rur2',
    env: 'production',
    version: 'v2.1.0',
    from: 'v2.0.3',
    entries,
    basis: {},
    digest: 'd',
  } as const;
  add(0, 'd', 'run.planned', { plan, request: {}, configDigest: 'c' });
  for (const { name } of entries)
    add(10, 'd', 'step.done', { how: 'effect', done: facts[name] ?? {}, tookMs: 1000 }, name);
  add(10, 'd', 'run.finished', { verdict: 'completed', said: 'live' });
  const ended = {
    version: 'v2.1.0',
    verdict: 'healthy',
    state: 'complete',
    said: 'all quiet',
    figures,
  } as const;
  if (wanted.watchedAt !== -1) add(wanted.watchedAt ?? 129, 'w', 'watch.ended', ended);
  const ledger: Ledger = {
    ...shop.wired.ledger,
    read: async () => events,
    note: async (_, { run, type, data }) => {
      add(131, run, type, data as never);
      return events.at(-1) as LedgerEvent;
    },
  };
  return { ...shop, events, add, wired: { ...shop.wired, ledger } };
}

type World = ReturnType<typeof makeHandoffWorld>;

export interface Item {
  readonly id: string;
  readonly state: string;
  readonly said: string;
  readonly by: string | null;
  readonly next: string | null;
}

/** How a handoff of this kind stands, after these answers. */
export async function handOver(shop: World, kind: string, ...answer: string[]) {
  const { result, code } = await endOf(runHandoff([kind], { answer }, shop.context, shop.wired));
  const items = (result?.result.items ?? []) as unknown as readonly Item[];
  return { result, code, items, item: (id: string) => items.find((one) => one.id === id) };
}
