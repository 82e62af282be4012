import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readDecision } from '../../../src/cli/approvals/read-decision.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { foldPreflight } from '../../../src/ledger/approvals/fold-preflight.ts';
import { digestItems } from '../../../src/ledger/approvals/make-evidence.ts';
import { makePreflightEvidence } from '../../../src/ledger/approvals/preflight-evidence.ts';
import type { LedgerEvent } from '../../../src/ledger/event.ts';
import { COMMIT, makeApprovalWorld, makeMachines, SCOPE, type WantedApproval } from './approve-world.ts';

const machineOf = makeMachines();
const [pat, robin, sam] = ['pat', 'robin', 'sam'].map((name) => machineOf(name)) as [
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
];
const SIGNED = { leastProof: 'ssh-signed' };
const ALL = [pat, robin, sam].map((one) => one.line()).join('');
const AS_PO = { as: 'product-owner' };
const AS_EL = { as: 'engineering-lead' };

type Approval = Extract<LedgerEvent, { type: 'approval.recorded' }>['data'];

async function open(wanted: WantedApproval = {}) {
  const world = makeApprovalWorld({ signers: ALL, over: { approvals: SIGNED }, ...wanted });
  await world.note();
  return world;
}
type World = Awaited<ReturnType<typeof open>>;

/** Whoever may push to the ledger writes what they like into it. */
let nth = 0;
const forge = (world: World, data: Approval) => {
  nth += 1;
  const id = `forged-${nth}`;
  return world.ledger.note(SCOPE, { id, run: id, type: 'approval.recorded', data });
};

/** How the decision stands for somebody who only reads, where the remote does not answer. */
async function look(world: World) {
  const away = new ReleaseError('E_GIT', { what: 'Fetching failed.', next: 'Look.', state: 'untouched' });
  const { git } = world.wired.services;
  const services = {
    ...world.wired.services,
    git: { ...git, sync: () => Promise.reject(away), lastSeen: async () => ({ at: '', names: git }) },
  };
  const events = await world.ledger.read(SCOPE);
  const record = foldPreflight(events, 'v2.1.0');
  const evidence = record && makePreflightEvidence(record);
  const asked = { point: 1, version: 'v2.1.0', run: '', evidence } as const;
  const state = await readDecision(asked, events, { ...world.wired, services: services as never });
  return {
    states: state?.lines.map((line) => line.state),
    whys: [...(state?.lines ?? []), ...(state?.refused ?? [])].flatMap(({ why }) => why ?? []),
    isComplete: state?.isComplete,
    keys: state?.lines.map(({ signOff }) => signOff?.key),
  };
}

const first = (world: World): Approval => world.approvals()[0]?.data as Approval;

describe('sign-offs with SSH keys', () => {
  it('T33: two people on two machines sign with two keys, and any machine verifies both without the remote', async () => {
    const world = await open();
    expect((await world.signed(pat, AS_PO)).result?.text).toContain(
      'RECORDED GO product-owner Pat Example ssh-signed',
    );
    expect((await world.signed(robin, AS_EL)).code).toBeUndefined();
    const { states, keys } = await look(world);
    expect(states).toEqual(['go', 'go', 'waiting']);
    expect(new Set(keys?.slice(0, 2)).size).toBe(2);
    await world.signed(sam, { as: 'devops-lead' });
    expect((await look(world)).isComplete).toBe(true);
  });

  it('T35: a tampered evidence digest is refused, whatever stands beside it', async () => {
    const world = await open();
    await world.signed(pat, AS_PO);
    const data = first(world);
    const items = data.items.map((one) => (one.key === 'tests.e2e' ? { ...one, mark: 'x' } : one));
    world.store.of(SCOPE).events.pop();
    await forge(world, { ...data, items });
    expect((await look(world)).whys).toEqual(['its evidence is not what its digest was made of']);
    const { result } = await world.approve(robin, { require: true });
    expect(result?.text.replace(/\s+/g, ' ').match(/is not what its digest was made of/g)).toHaveLength(1);
    world.store.of(SCOPE).events.pop();
    await forge(world, { ...data, items, approval: { ...data.approval, evidence: digestItems(items) } });
    const { states, whys } = await look(world);
    expect(states?.[0]).toBe('waiting');
    expect(whys[0]).toMatch(/^the signature is not of this text/);
  });

  it('T34: a role that is not theirs is refused, at the command and in the record', async () => {
    const world = await open();
    expect((await world.signed(pat, AS_EL)).code).toBe('E_NOT_LISTED');
    expect((await world.signed(pat, { as: 'qa' })).code).toBe('E_NOT_LISTED');
    expect(world.approvals()).toEqual([]);
    await world.signed(pat, AS_PO);
    const data = first(world);
    for (const role of ['engineering-lead', 'qa'])
      await forge(world, { ...data, approval: { ...data.approval, role, nonce: role } });
    expect((await look(world)).whys).toEqual([
      'Pat Example is not listed as engineering-lead',
      'qa does not sign decision 1',
    ]);
  });

  it('T34: the same signer is refused for a second role, and a second time for the same', async () => {
    const world = await open();
    await world.signed(robin, AS_EL);
    expect(await world.signed(robin, { as: 'devops-lead' })).toMatchObject({ code: 'E_SIGN_OFF_REFUSED' });
    expect((await world.signed(robin, AS_EL)).code).toBe('E_SIGN_OFF_REFUSED');
    expect(world.approvals()).toHaveLength(1);
  });

  it.each([
    ['expired', pat.line('valid-before="20250901"'), 'has expired'],
    ['not valid yet', pat.line('valid-after="20260101"'), 'does not count yet'],
    ['unknown', robin.line(), 'is unknown: no line of the allowed signers has it'],
    ['somebody else’s', pat.line().replace('pat@', 'robin@'), 'is that of robin@example.com'],
    ['made for something else', pat.line('namespaces="git"'), 'may not sign this, or was revoked'],
  ])(
    'T33: a key that is %s is refused before anything is recorded, and in the record',
    async (_, signers, why) => {
      const world = await open({ signers });
      expect(await world.signed(pat, AS_PO)).toMatchObject({ code: 'E_SIGN_OFF_REFUSED' });
      expect(world.approvals()).toEqual([]);
      const good = await open();
      await good.signed(pat, AS_PO);
      await forge(world, first(good));
      const { states, whys } = await look(world);
      expect(states?.[0]).toBe('waiting');
      expect(whys[0]).toContain(why);
    },
  );

  it('T33: a revoked key is refused, and a list of revoked keys that is missing lets nobody sign', async () => {
    const over = { approvals: { ...SIGNED, revokedKeys: 'revoked' } };
    const none = await open({ over });
    expect((await none.signed(pat, AS_PO)).code).toBe('E_SIGN_OFF_REFUSED');
    const files = { allowed_signers: ALL, revoked: pat.line().replace(/^\S+ /, '') };
    const world = await open({ over, files });
    expect((await world.signed(pat, AS_PO)).code).toBe('E_SIGN_OFF_REFUSED');
    expect((await world.signed(robin, AS_EL)).code).toBeUndefined();
  });

  it('T33: a replayed signature counts once: not again after it was taken back, nor for another release or environment', async () => {
    const world = await open();
    await world.signed(pat, AS_PO);
    const data = first(world);
    await world.signed(pat, { ...AS_PO, revoke: true });
    expect((await look(world)).states?.[0]).toBe('waiting');
    await forge(world, data);
    const { states, whys } = await look(world);
    expect(states?.[0]).toBe('waiting');
    expect(whys[0]).toMatch(/^replayed: the same sign-off stands at /);
    const other = await open();
    await forge(other, { ...data, approval: { ...data.approval, environment: 'staging' } });
    await forge(other, { ...data, approval: { ...data.approval, version: 'v2.0.9', nonce: '2' } });
    await forge(other, { ...data, approval: { ...data.approval, run: 'r-old', nonce: '3' } });
    expect((await look(other)).whys).toEqual([
      'it was given for staging',
      'it was given for v2.0.9',
      'it was given when r-old was the newest run: a new attempt is decided anew',
    ]);
  });

  it('a sign-off that says it is signed, and is not, is none; and one that is dated back neither', async () => {
    const world = await open();
    await world.signed(pat, AS_PO);
    const { signature, ...data } = first(world);
    expect(signature).toMatch(/^[A-Za-z0-9+/=]+$/);
    world.store.of(SCOPE).events.pop();
    await forge(world, data);
    expect((await look(world)).whys).toEqual(['it says that it is signed, and has no signature']);
    world.store.of(SCOPE).events.pop();
    await forge(world, { ...data, approval: { ...data.approval, at: '2025-09-30T14:00:00.000Z' } });
    expect((await look(world)).whys[0]).toMatch(/^it is of 2025-09-30/);
  });

  it('is signed with the key that git signs with; a key that cannot be used signs nothing', async () => {
    const machine = machineOf('sam-two');
    const git = (...words: string[]) => execFileSync('git', words, { cwd: machine.folder });
    git('config', 'user.email', 'sam@example.com');
    git('config', 'gpg.format', 'ssh');
    git('config', 'user.signingKey', machine.key);
    const world = await open({ signers: machine.line().replace('sam-two', 'sam') });
    const { result } = await world.approve(machine, { as: 'devops-lead' });
    expect(result?.text).toContain('RECORDED GO devops-lead Sam Example ssh-signed');
    expect(first(world).approval.commit).toBe(COMMIT);
    expect((await world.approve(pat, { ...AS_PO, key: 'nowhere' })).code).toBe('E_SIGNING_KEY');
  });
});
