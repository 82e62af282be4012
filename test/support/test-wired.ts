import type { Wired } from '../../src/cli/wired.ts';
import type { Viewed } from '../../src/cli/wiring/open-view.ts';
import { runbookSchema } from '../../src/config/schema/index.ts';
import type { Judged } from '../../src/domain/finding.ts';
import { USUAL_TIMES } from '../../src/engine/run-tools.ts';
import type { Check } from '../../src/kit.ts';
import type { LedgerEvent, NewEvent } from '../../src/ledger/event.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { viewWhole } from '../../src/ledger/record-view.ts';
import type { ServiceName, Services } from '../../src/services/services.ts';
import { makeSteppedClock } from './stepped-clock.ts';

const runbook = runbookSchema.parse({
  service: 'shop',
  product: 'Shop',
  timezone: 'America/New_York',
  environments: {
    production: { url: 'https://shop.example.com', protected: true },
    staging: { url: 'https://staging.example.com' },
  },
});

/** A check that answers what it is told; an Error is thrown by its probe. */
export const answering = (id: string, answer: Judged | Error, said = 'seen'): Check => ({
  id,
  title: `Duty of ${id}`,
  runbook: 'ENV-06',
  gates: ['preflight'],
  needs: [],
  probe: async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  },
  judge: (found) => ({ outcome: found as Judged, said, remedy: `Mend ${id}.` }),
});

interface Wanted {
  readonly env?: string;
  readonly checks?: readonly Check[];
  readonly events?: readonly LedgerEvent[];
  readonly holder?: Awaited<ReturnType<Ledger['holder']>>;
  /** Why the ledger answers from memory. */
  readonly unreached?: string;
  readonly missing?: Wired['missing'];
  /** What the host answers; nothing: no host is configured. */
  readonly live?: () => Promise<{ version: string; latencyMs: number; maintenance?: boolean }>;
}

const refuse = (): never => {
  throw new TypeError('this test reads the ledger only');
};

const lookBack = (events: readonly LedgerEvent[], unreached: string) => async () => ({ events, unreached });

/** A program put together from values: no network, no files. `noted` is what was written into the ledger. */
export function makeTestWired({ env = 'production', checks = [], events = [], ...more }: Wanted) {
  const noted: NewEvent[] = [];
  const ledger: Ledger = {
    about: { store: 'file', says: '' },
    read: async () => events,
    ...(more.unreached === undefined ? {} : { look: lookBack(events, more.unreached) }),
    scopes: async () => [],
    holder: async () => more.holder,
    acquire: refuse,
    append: refuse,
    renew: refuse,
    release: refuse,
    note: async (_, event) => {
      noted.push(event);
      return events[0] as LedgerEvent;
    },
  };
  const wired: Wired = {
    runbook,
    root: process.cwd(),
    file: 'runbook.config.yaml',
    digest: 'd1',
    rules: 'r1',
    askedWith: () => 'm1',
    env,
    environment: runbook.environments[env] as Wired['environment'],
    services: { host: { liveVersion: more.live } } as unknown as Services,
    configured: new Set<ServiceName>(more.live ? ['host'] : []),
    ledger,
    scope: `shop/${env}`,
    checks,
    steps: [],
    secrets: { read: refuse, has: () => false, learn: () => undefined },
    missing: more.missing ?? [],
    clock: makeSteppedClock().clock,
    times: USUAL_TIMES,
    render: refuse,
    close: async () => undefined,
  };
  return { wired, noted };
}

/** The same program as somebody sees it who only looks back. */
export const asViewed = (wired: Wired): Viewed => ({
  ...wired,
  record: viewWhole(wired.ledger, wired.scope),
});
