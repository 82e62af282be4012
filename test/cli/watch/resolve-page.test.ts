import { describe, expect, it } from 'vitest';
import type { Live } from '../../../src/cli/watch/live.ts';
import { resolvePage } from '../../../src/cli/watch/resolve-page.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { NewEvent } from '../../../src/ledger/event.ts';
import type { StatusIncident, StatusOrder } from '../../../src/services/statuspage/port.ts';
import { rollbackEvents } from '../status-page/rollback-events.ts';

const confirmed = { outcome: 'confirmed', said: '' } as const;
const incident = (run: string, state: StatusIncident['state'] = 'monitoring'): StatusIncident => ({
  ...{ run, title: 'Going back', state, text: '', at: '2026-11-24T15:00:00.000Z' },
});

interface World {
  readonly events?: ReturnType<typeof rollbackEvents>;
  readonly facts?: object;
  readonly listed?: readonly StatusIncident[];
  readonly fails?: ReleaseError;
  readonly canRead?: boolean;
  readonly command?: string;
}

function makeLive(world: World = {}) {
  const { events = rollbackEvents(), facts = {}, listed = [incident('r-1')], canRead = true } = world;
  const told: StatusOrder[] = [];
  const noted: NewEvent[] = [];
  const statuspage = {
    canRead: () => canRead,
    list: async () => listed,
    tell: async (_env: string, order: StatusOrder) => {
      if (world.fails) throw world.fails;
      told.push(order);
      return incident(order.run, order.state);
    },
  };
  const base = {
    ...{ env: 'production', scope: 'shop/production', environment: {}, runbook: { product: 'Shop' } },
    clock: { now: () => new Date('2026-11-24T16:00:00Z') },
    configured: new Set(['statuspage']),
    services: { statuspage },
    ledger: { read: async () => events, note: async (_: string, event: NewEvent) => void noted.push(event) },
  };
  const watched = { plan: { command: world.command ?? 'rollback' }, facts };
  return { live: { base, watched } as unknown as Live, told, noted };
}

describe('the status page at the end of a watch', () => {
  it('RBX-7.2: reads "resolved" when real traffic has confirmed the rollback, and the record says who said so', async () => {
    const { live, told, noted } = makeLive();
    expect(await resolvePage(live, 'healthy', confirmed)).toMatchObject({ warnings: [] });
    expect(told).toMatchObject([{ run: 'r-1', state: 'resolved', impact: 'none' }]);
    expect(noted).toMatchObject([
      { run: 'r-1', data: { name: 'status-resolved', value: { by: 'the watch that confirmed it' } } },
    ]);
  });

  it('ends the incidents of earlier rollbacks with it, and says nothing of what is over', async () => {
    const listed = [incident('r-1'), incident('r-0', 'identified'), incident('r-9', 'resolved')];
    const { live, told } = makeLive({ listed });
    await resolvePage(live, 'healthy', confirmed);
    expect(told.map(({ run }) => run)).toEqual(['r-1', 'r-0']);
  });

  it('knows by the ledger what a page was told that cannot be asked', async () => {
    const { live, told } = makeLive({ canRead: false });
    await resolvePage(live, 'healthy', confirmed);
    expect(told.map(({ run }) => run)).toEqual(['r-1']);
  });

  it.each([
    ['is not confirmed', 'healthy', { outcome: 'unconfirmed', said: '' }],
    ['was left', 'healthy', { outcome: 'left', said: '' }],
    ['is refuted', 'rollback', { outcome: 'refuted', said: '' }],
    ['has trouble at its end', 'evaluate', confirmed],
  ] as const)('is left alone when the rollback %s', async (_, verdict, confirmation) => {
    const { live, told } = makeLive();
    expect(await resolvePage(live, verdict, confirmation)).toEqual({ said: [], warnings: [] });
    expect(told).toEqual([]);
  });

  it('is left alone while NOT VERIFIED, and the warning says so', async () => {
    const { live, told } = makeLive({ events: rollbackEvents(['prove-live']) });
    const { warnings } = await resolvePage(live, 'healthy', confirmed);
    expect(warnings).toEqual([
      'The status page is not told "resolved": v2.0.3 is NOT VERIFIED: smoke tests.',
    ]);
    expect(told).toEqual([]);
  });

  it('is told by the next watch where one was killed behind its confirmation, and by none twice', async () => {
    const { live, told } = makeLive({ facts: { confirmation: confirmed } });
    await resolvePage(live, 'healthy', undefined);
    expect(told).toHaveLength(1);
    const over = makeLive({ facts: { confirmation: confirmed, 'status-resolved': {} } });
    await resolvePage(over.live, 'healthy', undefined);
    expect(over.told).toEqual([]);
  });

  it('says the line that tells it later when the page is not reached', async () => {
    const fails = new ReleaseError('E_STATUS_PAGE_UNREACHABLE', {
      ...{ what: 'Statuspage was not reached.', next: '', state: 'untouched' },
    });
    const { live } = makeLive({ fails });
    const { warnings } = await resolvePage(live, 'healthy', confirmed);
    expect(warnings).toEqual([
      'The status page is not told "resolved". Statuspage was not reached. Later: release status-page --resolve --env production',
    ]);
  });
});
