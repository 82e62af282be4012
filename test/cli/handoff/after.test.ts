import { describe, expect, it } from 'vitest';
import { AFTER } from '../../../src/domain/handoff/after.ts';
import { FIGURES, GOOD, handOver, makeHandoffWorld } from './handoff-world.ts';

type World = Parameters<typeof makeHandoffWorld>[0];

const links = {
  links: { dashboard: 'https://boards.example/rur2', notes: 'https://rur2.example/notes/{version}' },
};
const people = {
  roles: { 'on-call': { title: 'On-Call' }, cto: { title: 'CTO' } },
  people: {
    alex: { name: 'Alex', roles: ['on-call'], phone: '+1 555 0100' },
    max: { name: 'Max', roles: ['cto'] },
  },
  owners: {
    production: {
      owner: 'on-call',
      backup: 'cto',
      responsibilities: ['all'],
      escalation: ['on-call', 'cto'],
    },
  },
};
const document = {
  document: {
    version: '2',
    updated: '2025-10-01',
    nextReview: '2026-01-01',
    owner: 'x',
    location: 'docs/RUNBOOK.md',
  },
};
const severities = {
  severities: {
    P0: { title: 'At once', doneWithinMinutes: 15, who: 'On-call alone' },
    P1: { title: 'Soon', doneWithinMinutes: 30, who: 'DevOps Lead or Engineering Manager' },
    P2: { title: 'Evaluate', who: 'Deciders' },
    P3: { title: 'Watch', who: 'Nobody' },
  },
};
const WHOLE = { ...people, ...links, ...document, ...severities };

/** What ticks the item, and what of the world leaves it open. */
const BY_EVIDENCE: readonly { row: string; id: string; says: RegExp; without: World }[] = [
  { row: 'HOO-01', id: 'a1', says: /v2\.1\.0 reached users .* by Ana, run d/, without: undefined },
  {
    row: 'HOO-02',
    id: 'a2',
    says: /2 of 2 endpoints/,
    without: { facts: { ...GOOD, smoke: { call: 'no-go', endpoints: [{ state: 'fail' }] } } },
  },
  {
    row: 'HOO-04',
    id: 'a4',
    says: /application says 2\.1\.0, the ledger v2\.1\.0/,
    without: { says: '2.0.3' },
  },
  {
    row: 'HOO-05',
    id: 'a5',
    says: /0\.2 % \(below 1\)/,
    without: { figures: { ...FIGURES, 'error-percent': 1 } },
  },
  {
    row: 'HOO-06',
    id: 'a6',
    says: /120 ms \(below 200\)/,
    without: { figures: { ...FIGURES, 'p95-ms': null } },
  },
  { row: 'HOO-07', id: 'a7', says: /40 ms \(below 100\)/, without: { watchedAt: 20 } },
  {
    row: 'HOO-09',
    id: 'a9',
    says: /99\.5 % \(above 98\)/,
    without: { figures: { ...FIGURES, 'payment-success-percent': 97 } },
  },
  {
    row: 'HOO-15',
    id: 'a15',
    says: /docs\/RUNBOOK\.md/,
    without: { runbook: { ...WHOLE, document: undefined } },
  },
  {
    row: 'HOO-20',
    id: 'a20',
    says: /Alex \(On-Call\) → Max \(CTO\)/,
    without: { runbook: { ...WHOLE, owners: {} } },
  },
  { row: 'HOO-21', id: 'a21', says: /v2\.0\.3/, without: undefined },
  {
    row: 'HOO-22',
    id: 'a22',
    says: /release rollback --to v2\.0\.3 --env production; in words: docs\/RUNBOOK\.md#rollback-procedures/,
    without: undefined,
  },
  {
    row: 'HOO-23',
    id: 'a23',
    says: /pre-v2\.1\.0 \(br-quiet-sun\) of 2025-10-01T14:00:41/,
    without: { backups: [] },
  },
  {
    row: 'HOO-24',
    id: 'a24',
    says: /P1: DevOps Lead or Engineering Manager/,
    without: { runbook: { ...WHOLE, severities: undefined } },
  },
  {
    row: 'HOO-25',
    id: 'a25',
    says: /#releases/,
    without: { facts: { ...GOOD, announce: { sent: [], missed: [{ channel: 'releases', said: 'down' }] } } },
  },
];

const CONFIRMED = [
  { row: 'HOO-12', id: 'a12', text: 'Kim got one at 12:04' },
  { row: 'HOO-13', id: 'a13', text: 'yes, Alex opened it' },
  { row: 'HOO-14', id: 'a14', text: '20 s' },
  { row: 'HOO-16', id: 'a16', text: 'Alex until 16:00' },
  { row: 'HOO-18', id: 'a18', text: 'Alex' },
  { row: 'HOO-26', id: 'a26', text: 'yes' },
  { row: 'HOO-28', id: 'a28', text: 'no' },
] as const;

const BY_PEOPLE = [
  { row: 'HOO-10', id: 'a10', text: 'none' },
  { row: 'HOO-17', id: 'a17', text: 'Noor' },
  { row: 'HOO-19', id: 'a19', text: 'Alex' },
  { row: 'HOO-27', id: 'a27', text: 'Noor, 12:00' },
] as const;

const world = (more: World = {}) => makeHandoffWorld({ runbook: WHOLE, ...more });

describe('release handoff after', () => {
  it('HOO-05: takes what a watch left that did not see the monitoring to its end', async () => {
    const shop = makeHandoffWorld({ watchedAt: -1 });
    const said = {
      version: 'v2.1.0',
      verdict: 'healthy',
      state: 'stopped',
      said: 'it ended before',
    } as const;
    shop.add(128, 'w', 'watch.ended', { ...said, figures: FIGURES });
    const { item } = await handOver(shop, 'after');
    expect(item('a5')).toMatchObject({ state: 'done', said: expect.stringContaining('0.2 %') });
  });

  it('HOO-26: names the address of the notes of this version', async () => {
    const { item } = await handOver(world(), 'after');
    expect(item('a26')).toMatchObject({ said: 'https://rur2.example/notes/v2.1.0' });
  });

  it('has each row of the runbook once', () => {
    expect(new Set(AFTER.flatMap(({ rows }) => rows)).size).toBe(28);
    expect(AFTER).toHaveLength(28);
  });

  it.each(BY_EVIDENCE)('$row: $id says what it is, and is open without it', async ({ id, says, without }) => {
    expect((await handOver(world(), 'after')).item(id)).toMatchObject({
      state: 'done',
      said: expect.stringMatching(says),
      by: null,
    });
    if (without !== undefined) expect((await handOver(world(without), 'after')).item(id)?.state).toBe('open');
  });

  it('HOO-03: a rollback, or a P0 since users came, is told', async () => {
    expect((await handOver(world(), 'after')).item('a3')?.state).toBe('done');
    const shop = world();
    shop.add(60, 'n', 'watch.noted', { text: 'data leaks', by: 'Ana', version: 'v2.1.0', severity: 'P0' });
    expect((await handOver(shop, 'after')).item('a3')).toMatchObject({
      state: 'open',
      said: expect.stringContaining('data leaks'),
    });
  });

  it('HOO-08: active users that nothing counts do not apply, and are said to be unmeasured', async () => {
    expect((await handOver(world(), 'after')).item('a8')).toMatchObject({
      state: 'na',
      said: 'nothing counts active users here',
    });
  });

  it.each([...CONFIRMED, ...BY_PEOPLE])(
    '$row: $id is asked, recorded for this run and shown',
    async ({ id, text }) => {
      const shop = world();
      expect((await handOver(shop, 'after')).item(id)?.state).toBe('open');
      const { result, item } = await handOver(shop, 'after', `${id}=${text}`);
      expect(item(id)).toMatchObject({ state: 'done', said: text });
      expect(result?.text).toContain(`(${id}, HOO-`);
      expect(shop.events.at(-1)).toMatchObject({
        type: 'handoff.answered',
        data: { item: id, text, subject: 'd' },
      });
    },
  );

  it('HOO-11: known issues are asked for only when there are some, each with severity and workaround', async () => {
    const shop = world();
    expect((await handOver(shop, 'after', 'a10=none')).item('a11')?.state).toBe('na');
    expect((await handOver(shop, 'after', 'a10=listed')).item('a11')?.state).toBe('open');
    expect((await handOver(shop, 'after', 'a11=PDF is slow')).code).toBe('E_HANDOFF_ANSWER');
    expect((await handOver(shop, 'after', 'a11=PDF is slow / P3 / it drains')).item('a11')?.state).toBe(
      'done',
    );
  });

  it('never takes measurements that are old, or that nobody finished, for those of now', async () => {
    for (const watchedAt of [20, -1]) {
      const { item } = await handOver(world({ watchedAt }), 'after');
      expect([item('a5'), item('a9')].map((one) => one?.state)).toEqual(['open', 'open']);
      expect(item('a5')?.next).toContain('release watch --env production until it has seen enough');
    }
  });

  it('refuses a version that is not live', async () => {
    const shop = world();
    const { runHandoff } = await import('../../../src/cli/handoff/run-handoff.ts');
    await expect(runHandoff(['after', 'v2.0.3'], {}, shop.context, shop.wired)).rejects.toMatchObject({
      code: 'E_HANDOFF_SUBJECT',
    });
  });
});
