import { describe, expect, it } from 'vitest';
import type { CommandOptions } from '../../../src/cli/command.ts';
import { runHandoff } from '../../../src/cli/handoff/run-handoff.ts';
import { type Machine, makeMachines } from '../approve/approve-world.ts';
import { endOf } from '../cli-world.ts';
import { GOOD, handOver, makeHandoffWorld } from './handoff-world.ts';

const machineOf = makeMachines();
const [ana, ben, cleo] = [machineOf('ana'), machineOf('ben'), machineOf('cleo')];
const ALL = [ana, ben, cleo].map((one) => one.line()).join('');

const RUNBOOK = {
  links: { dashboard: 'https://boards.example' },
  document: {
    version: '2',
    updated: '2025-10-01',
    nextReview: '2026-01-01',
    owner: 'x',
    location: 'docs/RUNBOOK.md',
  },
  severities: {
    P0: { title: 'At once', doneWithinMinutes: 15, who: 'On-call alone' },
    P1: { title: 'Soon', doneWithinMinutes: 30, who: 'DevOps Lead' },
    P2: { title: 'Evaluate', who: 'Deciders' },
    P3: { title: 'Watch', who: 'Nobody' },
  },
  roles: Object.fromEntries(
    ['deployment-lead', 'on-call', 'sre-lead'].map((role) => [role, { title: role }]),
  ),
  people: {
    ana: { name: 'Ana', email: 'ana@example.com', roles: ['deployment-lead', 'sre-lead'] },
    ben: { name: 'Ben', email: 'ben@example.com', roles: ['on-call'] },
    cleo: { name: 'Cleo', email: 'cleo@example.com', roles: ['sre-lead'] },
  },
  owners: {
    production: { owner: 'on-call', backup: 'on-call', responsibilities: ['all'], escalation: ['on-call'] },
  },
  approvals: { leastProof: 'ssh-signed' },
};

const ANSWERS = [
  'a10=none',
  'a12=Ben at 12:04',
  'a13=yes',
  'a14=20 s',
  'a16=Ben',
  'a17=Noor',
  'a18=Ben',
  'a19=Ben',
  'a26=yes',
  'a27=Noor',
  'a28=yes',
];

/** A handoff of which every item is settled. */
async function settled(more: Parameters<typeof makeHandoffWorld>[0] = {}) {
  const shop = makeHandoffWorld({ runbook: RUNBOOK, signers: ALL, ...more });
  const { items } = await handOver(shop, 'after', ...ANSWERS);
  expect(items.filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual([]);
  return shop;
}
type Shop = Awaited<ReturnType<typeof settled>>;

let nth = 0;
const random = (): number => {
  nth += 1;
  return nth / 100_000;
};

const say = (shop: Shop, machine: Machine, words: CommandOptions) => {
  const flags = { ...shop.context.flags, yes: true };
  const context = { ...shop.context, random, flags, cwd: machine.folder };
  return endOf(runHandoff(['after'], { key: machine.key, ...words }, context, shop.wired));
};

const signAll = async (shop: Shop) => {
  await say(shop, ana, { sign: true, as: 'deployment-lead' });
  await say(shop, ben, { sign: true });
  return say(shop, cleo, { sign: true });
};

describe('signatures of a handoff', () => {
  it('HOO-29, HOO-00: is complete when deployment lead, on-call and SRE lead have signed, each with a key of their own', async () => {
    const shop = await settled();
    expect((await say(shop, ana, { sign: true, as: 'deployment-lead' })).result).toMatchObject({
      exitCode: 3,
      text: expect.stringContaining('RECORDED ACCEPTED deployment-lead Ana ssh-signed'),
    });
    await say(shop, ben, { sign: true });
    const { result } = await say(shop, cleo, { sign: true });
    expect(result).toMatchObject({ exitCode: 0, verdict: 'complete', result: { complete: true } });
    expect(result?.text).toMatch(/- \[x\] on-call: signed by Ben, ssh-signed/);
  });

  it('HOP-25, HOP-26, HOP-27: before a deployment the leads of engineering, DevOps and QA sign', () => {
    const { runbook } = makeHandoffWorld().wired;
    expect(runbook.handoffs.before.roles).toEqual(['engineering-lead', 'devops-lead', 'qa-lead']);
  });

  it('is not signed while anything is open', async () => {
    const shop = makeHandoffWorld({ runbook: RUNBOOK, signers: ALL });
    expect((await say(shop, ben, { sign: true })).code).toBe('E_HANDOFF_OPEN');
  });

  it('is stale when a fact is another one, and names it', async () => {
    const shop = await settled();
    await signAll(shop);
    const { neon, ...services } = shop.wired.services;
    const gone = { ...services, neon: { ...neon, findBackup: async () => undefined } };
    const { result } = await endOf(
      runHandoff(['after'], {}, shop.context, { ...shop.wired, services: gone }),
    );
    expect(result?.exitCode).toBe(3);
    expect(result?.text).toMatch(
      /\*\*stale\*\*: evidence changed after signing: a23: .*there now → the branch pre-v2\.1\.0 is not there/,
    );
  });

  it('takes the same person once, nobody without the role, and no key that is not theirs', async () => {
    const shop = await settled();
    await say(shop, ana, { sign: true, as: 'deployment-lead' });
    expect((await say(shop, ana, { sign: true, as: 'sre-lead' })).code).toBe('E_SIGN_OFF_REFUSED');
    expect((await say(shop, ben, { sign: true, as: 'sre-lead' })).code).toBe('E_NOT_LISTED');
    expect((await say(shop, ben, { sign: true, key: cleo.key })).code).toBe('E_SIGN_OFF_REFUSED');
  });

  it('is held up by one who declines with a reason, until the same one signs', async () => {
    const shop = await settled();
    expect((await say(shop, ben, { decline: true })).code).toBe('E_REASON_MISSING');
    await say(shop, ana, { sign: true, as: 'deployment-lead' });
    await say(shop, cleo, { sign: true });
    const { result } = await say(shop, ben, { decline: true, comment: 'no dashboard yet' });
    expect(result?.text).toContain('on-call: **declined** by Ben');
    expect((await say(shop, ben, { sign: true })).result?.exitCode).toBe(0);
    expect((await say(shop, ben, { revoke: true })).result?.exitCode).toBe(3);
  });

  it('E-110: a signature counts for its run alone', async () => {
    const shop = await settled({ facts: GOOD });
    await signAll(shop);
    const signed = shop.events.filter(({ type }) => type === 'approval.recorded');
    const other = await settled({ facts: { ...GOOD } });
    for (const { data } of signed)
      await other.wired.ledger.note('s', {
        id: 'x',
        run: 'x',
        type: 'approval.recorded',
        data: {
          ...data,
          approval: { ...(data as never as { approval: object }).approval, run: 'another' },
        } as never,
      });
    expect((await handOver(other, 'after')).result?.exitCode).toBe(3);
  });
});
