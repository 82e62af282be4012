import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checks as builtIn } from '../../../checks/index.ts';
import { runHandoff } from '../../../src/cli/handoff/run-handoff.ts';
import type { Judged } from '../../../src/domain/finding.ts';
import { BEFORE } from '../../../src/domain/handoff/before.ts';
import { answering } from '../../support/test-wired.ts';
import { endOf, makeCliWorld, tagOf } from '../cli-world.ts';

const IDS = [...new Set(BEFORE.flatMap(({ checks = [] }) => checks))];

type Told = Readonly<Record<string, Judged | Error>>;

/** A prepared v2.1.0 whose checks say yes, but for those that are told otherwise. */
const world = (told: Told = {}, command = 'handoff') =>
  makeCliWorld({
    command,
    branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
    tags: [tagOf('v2.0.3')],
    live: async () => ({ version: '2.0.3', latencyMs: 1 }),
    checks: IDS.map((id) => answering(id, told[id] ?? 'pass')),
  });

interface Item {
  readonly id: string;
  readonly state: string;
  readonly said: string;
  readonly by: string | null;
}

const handOver = async (shop: ReturnType<typeof world>, ...answer: string[]) => {
  const { result, code } = await endOf(
    runHandoff(['before', 'v2.1.0'], { answer }, shop.context, shop.wired),
  );
  const items = (result?.result.items ?? []) as unknown as readonly Item[];
  return { result, code, item: (id: string) => items.find((one) => one.id === id) };
};

const BY_EVIDENCE = [
  { row: 'HOP-01', id: 'b1', check: 'source.frozen' },
  { row: 'HOP-01', id: 'b1', check: 'source.tested-tree' },
  { row: 'HOP-02', id: 'b2', check: 'source.changelog' },
  { row: 'HOP-03', id: 'b3', check: 'source.version-files' },
  { row: 'HOP-05', id: 'b5', check: 'tests.e2e' },
  { row: 'HOP-07', id: 'b7', check: 'tests.performance' },
  { row: 'HOP-08', id: 'b8', check: 'security.audit' },
  { row: 'HOP-13', id: 'b13', check: 'app.staging' },
  { row: 'HOP-14', id: 'b14', check: 'parity.likeness' },
  { row: 'HOP-15', id: 'b15', check: 'database.restore-window' },
  { row: 'HOP-16', id: 'b16', check: 'database.connect' },
  { row: 'HOP-19', id: 'b19', check: 'people.roles-staffed' },
  { row: 'HOP-21', id: 'b21', check: 'app.tls' },
] as const;

/** A person's word, and the evidence that has to be there for it. */
const CONFIRMED = [
  { row: 'HOP-04', id: 'b4', check: 'migrations.rehearsal' },
  { row: 'HOP-10', id: 'b10', check: 'people.rollback-rehearsed' },
  { row: 'HOP-22', id: 'b22', check: 'database.capacity' },
  { row: 'HOP-23', id: 'b23', check: 'payments.webhook-unsigned' },
  { row: 'HOP-24', id: 'b24', check: 'drift.secrets' },
] as const;

const BY_PEOPLE = [
  { row: 'HOP-06', id: 'b6' },
  { row: 'HOP-11', id: 'b11' },
  { row: 'HOP-12', id: 'b12' },
  { row: 'HOP-17', id: 'b17' },
  { row: 'HOP-18', id: 'b18' },
] as const;

describe('release handoff before', () => {
  it('names checks that there are, and that preflight asks', () => {
    const known = builtIn.filter(({ gates }) => gates.includes('preflight')).map(({ id }) => id);
    expect(IDS.filter((id) => !known.includes(id))).toEqual([]);
  });

  it('has each row of the runbook once', () => {
    const rows = BEFORE.flatMap((item) => item.rows);
    expect(new Set(rows).size).toBe(24);
    expect(rows).toHaveLength(24);
  });

  it.each(BY_EVIDENCE)('$row: $id is ticked by $check, and by nothing else', async ({ id, check }) => {
    expect((await handOver(world())).item(id)).toMatchObject({ state: 'done', by: null });
    expect((await handOver(world({ [check]: 'fail' }))).item(id)?.state).toBe('open');
    expect((await handOver(world({ [check]: new Error('away') }))).item(id)?.state).toBe('open');
    expect((await handOver(world(), `${id}=it is fine`)).code).toBe('E_HANDOFF_ANSWER');
  });

  it.each(CONFIRMED)('$row: $id takes a person and what $check says', async ({ id, check }) => {
    expect((await handOver(world())).item(id)?.state).toBe('open');
    const confirmed = await handOver(world(), `${id}=seen by Jo`);
    expect(confirmed.item(id)).toMatchObject({ state: 'done', said: 'seen by Jo', by: 'Dana Ito' });
    expect((await handOver(world({ [check]: 'fail' }), `${id}=seen by Jo`)).item(id)?.state).toBe('open');
  });

  it.each(BY_PEOPLE)(
    '$row: $id is asked of a person, recorded, bound to the candidate and shown',
    async ({ id }) => {
      const shop = world();
      expect((await handOver(shop)).item(id)?.state).toBe('open');
      const { result } = await handOver(shop, `${id}=sheet 12, read by Kim`);
      expect(result?.text).toMatch(new RegExp(`- \\[x\\] .*\\(${id}, HOP-.*sheet 12, read by Kim.*Dana Ito`));
      expect(await shop.wired.ledger.read(shop.wired.scope)).toContainEqual(
        expect.objectContaining({
          type: 'handoff.answered',
          data: expect.objectContaining({ item: id, subject: `v2.1.0 ${'b'.repeat(40)}` }),
        }),
      );
    },
  );

  it.each([
    { row: 'PRE-21', id: 'b6', review: 'acceptance' },
    { row: 'PRE-22', id: 'b8', review: 'security' },
    { row: 'PRE-23', id: 'b7', review: 'performance' },
  ])('$row: $id waits for whoever signs $review, and no answer ticks it', async ({ id, review }) => {
    const shop = world();
    const reviews = { [review]: { roles: ['owner'], required: true } };
    const wired = { ...shop.wired, runbook: { ...shop.wired.runbook, reviews } as typeof shop.wired.runbook };
    const open = { state: 'open', said: expect.stringContaining('waiting for owner') };
    expect((await handOver({ ...shop, wired })).item(id)).toMatchObject({
      ...open,
      next: `release approve v2.1.0 --point ${review} --env production`,
    });
    if (id === 'b6') expect((await handOver({ ...shop, wired }, 'b6=sheet 12')).item(id)).toMatchObject(open);
  });

  it('HOP-09: the deployment is instructed by its plan, named by its id', async () => {
    expect((await handOver(world())).item('b9')).toMatchObject({
      state: 'done',
      said: expect.stringMatching(/^plan p-[0-9a-f]{8}, \d+ steps?$/),
    });
  });

  it('HOP-00: is for the leads of engineering, DevOps and QA, by their roles', () => {
    const { runbook } = world().wired;
    expect(runbook.handoffs.before.roles).toEqual(['engineering-lead', 'devops-lead', 'qa-lead']);
  });

  it('HOP-20: everybody who is to be told can be: channels by their check, stakeholders by the configuration', async () => {
    const mail = (stakeholders: readonly string[]) => {
      const shop = world();
      const services = {
        ...shop.wired.runbook.services,
        mail: { from: 'a@example.com', outbox: 'x', stakeholders },
      };
      return {
        ...shop,
        wired: { ...shop.wired, runbook: { ...shop.wired.runbook, services } as typeof shop.wired.runbook },
      };
    };
    expect((await handOver(mail(['pat@example.com']))).item('b20')).toMatchObject({
      state: 'done',
      said: expect.stringContaining('1 address for stakeholders'),
    });
    expect((await handOver(mail([]))).item('b20')).toMatchObject({
      state: 'open',
      said: 'mail.stakeholders is empty',
    });
    const unrouted = world({ 'people.channels-routed': 'fail' });
    expect((await handOver(unrouted)).item('b20')?.state).toBe('open');
  });

  it('HOP-28: release notes, plan, tests and environments come with it', async () => {
    const shop = world({ 'tests.e2e': 'fail' });
    const written = new Map<string, string>();
    const out = {
      ...shop.context.out,
      file: (path: string, text: string) => void written.set(basename(path), text),
    };
    await runHandoff(['before', 'v2.1.0'], { folder: 'x' }, { ...shop.context, out }, shop.wired);
    expect([...written.keys()].filter((name) => name.endsWith('.md')).sort()).toEqual([
      'deployment-plan.md',
      'environment-report.md',
      'handoff.md',
      'release-notes.md',
      'test-summary.md',
    ]);
    expect(written.get('test-summary.md')).toContain('**fail** Duty of tests.e2e');
    expect(written.get('environment-report.md')).toContain('**pass** Duty of app.tls');
    expect(written.get('release-notes.md')).toContain('No section for v2.1.0');
    expect(written.get('deployment-plan.md')).toContain('v2.1.0');
  });

  it('forgets what was said of another candidate', async () => {
    const shop = world();
    await handOver(shop, 'b6=sheet 12');
    const other = {
      ...shop,
      wired: {
        ...shop.wired,
        services: {
          ...shop.wired.services,
          git: { ...shop.wired.services.git, branchTip: async () => 'c'.repeat(40) },
        },
      },
    };
    expect((await handOver(other)).item('b6')?.state).toBe('open');
  });

  it('ends with 3 while anything is open, and is no GO', async () => {
    const { result } = await handOver(world());
    expect(result).toMatchObject({ exitCode: 3, verdict: 'open', result: { complete: false } });
  });

  it('takes none of several answers where one is wrong', async () => {
    const shop = world();
    expect((await handOver(shop, 'b6=sheet 12', 'b99=yes')).code).toBe('E_HANDOFF_ANSWER');
    expect((await handOver(shop)).item('b6')?.state).toBe('open');
  });
});
