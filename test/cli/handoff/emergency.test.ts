import { describe, expect, it } from 'vitest';
import { EMERGENCY } from '../../../src/domain/handoff/emergency.ts';
import { listIncidents } from '../../../src/ledger/list-incidents.ts';
import { handOver, makeHandoffWorld } from './handoff-world.ts';

/** v2.1.0 is live, and somebody has declared a P0 about payments an hour after users came. */
function world() {
  const shop = makeHandoffWorld({
    runbook: {
      roles: { dba: { title: 'DBA' }, 'rollback-lead': { title: 'Rollback Lead' } },
      people: { jo: { name: 'Jo', roles: ['dba'] } },
      owners: { database: { owner: 'dba', backup: 'dba', responsibilities: ['all'], escalation: ['dba'] } },
      staffing: { rollbackRoles: ['rollback-lead'] },
    },
  });
  shop.add(70, 'n1', 'watch.noted', { text: 'payments fail', by: 'Ana', version: 'v2.1.0', severity: 'P0' });
  shop.add(72, 'n2', 'watch.told', { template: 'incident', version: 'v2.1.0', channels: ['incidents'] });
  shop.add(75, 'n3', 'watch.noted', { text: 'asked Stripe', by: 'Ben', version: 'v2.1.0' });
  return shop;
}

const BY_EVIDENCE = [
  { row: 'HOE-01', id: 'e1', says: /^INC-\d{4}-\d\d-\d\d-1, P0: v2\.1\.0 on production$/ },
  { row: 'HOE-02', id: 'e2', says: /; 1 h so far$/ },
  { row: 'HOE-05', id: 'e5', says: /Ana: payments fail; Ben: asked Stripe/ },
  { row: 'HOE-06', id: 'e6', says: /^none was begun$/ },
] as const;

/** What the ledger proposes, and what the person says in the end. */
const PROPOSED = [
  { row: 'HOE-04', id: 'e4', seen: /payments fail/, text: 'checkout' },
  { row: 'HOE-08', id: 'e8', seen: /incident in incidents/, text: 'yes' },
  { row: 'HOE-12', id: 'e12', seen: /a rule about payments has called/, text: 'high' },
  { row: 'HOE-15', id: 'e15', seen: /Rollback Lead/, text: 'a second pair of eyes' },
  { row: 'HOE-16', id: 'e16', seen: /Ana/, text: 'Ana and Ben' },
  { row: 'HOE-17', id: 'e17', seen: /database: Jo/, text: 'Jo' },
] as const;

const BY_PEOPLE = [
  { row: 'HOE-03', id: 'e3', text: 'mitigating' },
  { row: 'HOE-07', id: 'e7', text: 'no' },
  { row: 'HOE-09', id: 'e9', text: 'no' },
  { row: 'HOE-10', id: 'e10', text: 'pay by invoice' },
  { row: 'HOE-11', id: 'e11', text: 'about 40, by the log' },
  { row: 'HOE-13', id: 'e13', text: 'roll back, Ana' },
  { row: 'HOE-14', id: 'e14', text: 'unknown' },
  { row: 'HOE-18', id: 'e18', text: 'Stripe 4711' },
] as const;

describe('release handoff emergency', () => {
  it('has each row of the runbook once', () => {
    expect(new Set(EMERGENCY.flatMap(({ rows }) => rows)).size).toBe(19);
    expect(EMERGENCY).toHaveLength(19);
  });

  it.each(BY_EVIDENCE)('$row: $id is known from the ledger', async ({ id, says }) => {
    expect((await handOver(world(), 'emergency')).item(id)).toMatchObject({
      state: 'done',
      said: expect.stringMatching(says),
    });
  });

  it.each(PROPOSED)(
    '$row: $id is proposed by the ledger and said by a person',
    async ({ id, seen, text }) => {
      const shop = world();
      const before = (await handOver(shop, 'emergency')).item(id);
      expect(before).toMatchObject({ state: 'open', said: expect.stringMatching(seen) });
      expect((await handOver(shop, 'emergency', `${id}=${text}`)).item(id)).toMatchObject({
        state: 'done',
        said: text,
      });
    },
  );

  it.each(BY_PEOPLE)('$row: $id is asked, recorded for this incident and shown', async ({ id, text }) => {
    const shop = world();
    expect((await handOver(shop, 'emergency')).item(id)?.state).toBe('open');
    const { result, item } = await handOver(shop, 'emergency', `${id}=${text}`);
    expect(item(id)).toMatchObject({ state: 'done', said: text });
    expect(result?.text).toContain(text);
    expect(shop.events.at(-1)).toMatchObject({ data: { item: id, subject: expect.stringMatching(/^INC-/) } });
  });

  it('refuses where there is no incident, and says how one is declared', async () => {
    expect((await handOver(makeHandoffWorld(), 'emergency')).code).toBe('E_HANDOFF_SUBJECT');
  });

  it('COM-09b: incidents are numbered by the day of the zone on which they were detected', () => {
    const shop = world();
    const [first] = listIncidents(shop.events, 'America/New_York');
    expect(first).toMatchObject({
      severity: 'P0',
      version: 'v2.1.0',
      signs: ['payments fail'],
      rollback: undefined,
    });
    expect(first?.id).toMatch(/^INC-\d{4}-\d\d-\d\d-1$/);
    expect(listIncidents(makeHandoffWorld().events, 'UTC')).toEqual([]);
  });
});
