import { describe, expect, it } from 'vitest';
import { runStatusPage } from '../../../src/cli/status-page/run-status-page.ts';
import type { Wired } from '../../../src/cli/wired.ts';
import type { StatusIncident, StatusOrder } from '../../../src/services/statuspage/port.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeTestContext } from '../../support/test-context.ts';
import { makeTestWired } from '../../support/test-wired.ts';
import { rollbackEvents } from './rollback-events.ts';

function makeWorld(proofs?: readonly string[], canRead = true) {
  let incidents: StatusIncident[] = [
    { run: 'r-1', title: 'Going back', state: 'monitoring', text: 'It is back.', at: '2026-11-24T15:00:00Z' },
  ];
  const told: StatusOrder[] = [];
  const statuspage = {
    canRead: () => canRead,
    list: async () => incidents,
    tell: async (_: string, order: StatusOrder) => {
      told.push(order);
      incidents = incidents.map((one) => ({ ...one, state: order.state, text: order.text }));
      return incidents[0];
    },
  };
  const { wired, noted } = makeTestWired({ events: rollbackEvents(proofs) });
  const services = { ...wired.services, statuspage } as Wired['services'];
  const configured: Wired['configured'] = new Set(['statuspage']);
  return { wired: { ...wired, services, configured }, told, noted, bare: wired };
}
const contextWith = (yes: boolean) => makeTestContext({ flags: { yes } }).context;

describe('release status-page', () => {
  it('RBX-7.2: shows what customers read, and tells nothing', async () => {
    const { wired, told } = makeWorld();
    const { text, next } = await runStatusPage({}, contextWith(false), wired);
    expect(text).toMatch(/monitoring\s+Going back[\s\S]*"It is back\."[\s\S]*r-1/);
    expect(next).toEqual(['release status-page --resolve --env production']);
    expect(told).toEqual([]);
  });

  it('RBX-7.2: lets a person say that it is over where nobody watched', async () => {
    const { wired, told, noted } = makeWorld();
    const { text, result, next } = await runStatusPage({ resolve: true }, contextWith(true), wired);
    expect(told).toMatchObject([{ run: 'r-1', state: 'resolved' }]);
    expect(result.resolved).toEqual(['r-1']);
    expect(text).toContain('✔ told: resolved, 1 incident');
    expect(noted).toMatchObject([{ run: 'r-1', data: { name: 'status-resolved' } }]);
    expect(next).toEqual([]);
  });

  it('never tells customers "resolved" while NOT VERIFIED', async () => {
    const { wired, told } = makeWorld(['prove-live']);
    const failed = await failureOf(runStatusPage({ resolve: true }, contextWith(true), wired));
    expect(failed.code).toBe('E_NOT_RESOLVED');
    expect(failed.text.what).toContain('v2.0.3 is NOT VERIFIED');
    expect(told).toEqual([]);
  });

  it('tells nothing that nobody has agreed to', async () => {
    const { wired, told } = makeWorld();
    await expect(runStatusPage({ resolve: true }, contextWith(false), wired)).rejects.toThrow();
    expect(told).toEqual([]);
  });

  it('says that a webhook cannot be asked, and that nothing is configured', async () => {
    const { wired, bare } = makeWorld(undefined, false);
    expect((await runStatusPage({}, contextWith(false), wired)).text).toContain('cannot be asked');
    expect(await failureOf(runStatusPage({}, contextWith(false), bare))).toMatchObject({
      code: 'E_NOT_CONFIGURED',
    });
  });
});
