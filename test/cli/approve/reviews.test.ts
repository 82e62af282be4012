import { describe, expect, it } from 'vitest';
import type { DecisionAtHand } from '../../../src/cli/approve/decision-at-hand.ts';
import { draftSignOffs, judgeSitting, signDrafts } from '../../../src/cli/approve/sign-sitting.ts';
import { runStatus } from '../../../src/cli/look-back/run-status.ts';
import { makeEvidence } from '../../../src/ledger/approvals/make-evidence.ts';
import {
  COMMIT,
  makeApprovalWorld,
  makeMachines,
  RUNBOOK,
  SCOPE,
  type WantedApproval,
} from './approve-world.ts';

const machineOf = makeMachines();
const [pat, robin, sam, kim] = ['pat', 'robin', 'sam', 'kim'].map((name) => machineOf(name)) as [
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
];

const FOUND = [
  { check: 'app.staging', outcome: 'pass', said: 'v2.1.0-rc.1 answers' },
  { check: 'security.audit', outcome: 'pass', said: 'none of 812 packages' },
  { check: 'security.scanners', outcome: 'pass', said: 'no high finding' },
  { check: 'tests.performance', outcome: 'pass', said: 'P95 112 ms' },
  { check: 'source.open-bugs', outcome: 'pass', said: 'no P0 or P1 is open' },
] as const;
type Found = Parameters<ReturnType<typeof makeApprovalWorld>['note']>[0];

/** What preflight found, with another answer of one check. */
const but = (check: string, outcome: 'pass' | 'fail' | 'unknown', said: string): Found =>
  FOUND.map((one) => (one.check === check ? { check, outcome, said } : one));

const ROLES = {
  acceptance: 'product-owner',
  security: 'engineering-lead',
  performance: 'engineering-lead',
} as const;
type Name = keyof typeof ROLES;

async function open(
  reviews: readonly Name[],
  over: Record<string, unknown> = {},
  wanted: WantedApproval = {},
) {
  const asked = Object.fromEntries(reviews.map((name) => [name, { roles: [ROLES[name]] }]));
  const world = makeApprovalWorld({ over: { reviews: asked, ...over }, ...wanted });
  await world.note([...FOUND]);
  const status = async () => {
    const { text, next } = await runStatus(world.context, async () => ({
      ...world.wired,
      close: async () => undefined,
    }));
    return { text: text.replace(/\s+/g, ' '), next };
  };
  return { ...world, status };
}

const ROWS = [
  { row: 'PRE-21', name: 'acceptance', by: pat, role: 'product-owner', check: 'app.staging' },
  { row: 'PRE-22', name: 'security', by: robin, role: 'engineering-lead', check: 'security.audit' },
  { row: 'PRE-23', name: 'performance', by: robin, role: 'engineering-lead', check: 'tests.performance' },
] as const;
const comment = 'https://wiki.example/uat-210 twelve users';

describe('a review of a candidate', () => {
  it.each(ROWS)(
    '$row: $name is open with the $role, keeps decision 1 from a GO, and is signed on what $check says',
    async ({ name, by, role, check }) => {
      const world = await open([name]);
      const line = `release approve v2.1.0 --point ${name} --env production`;
      expect(await world.approve(pat)).toMatchObject({ code: 'E_NO_EVIDENCE', next: line });
      const early = await world.status();
      expect(early.text).toMatch(
        new RegExp(`review ${name} of v2.1.0 waits since .* for ${role}: \\w+ Example`),
      );
      expect(early.next).toContain(line);
      const { result } = await world.approve(by, { point: name, as: role, comment });
      expect(result?.result).toMatchObject({ point: name, complete: true, decision: 'APPROVED' });
      expect(world.approvals()[0]?.data).toMatchObject({
        approval: { point: name, commit: COMMIT, role, comment },
        items: expect.arrayContaining([expect.objectContaining({ key: check })]),
      });
      expect((await world.status()).text).not.toContain(`review ${name}`);
      const first = await world.approve(pat);
      expect(first.code).toBeUndefined();
      expect(world.approvals()[1]?.data.items).toContainEqual(
        expect.objectContaining({ key: `review ${name}`, says: expect.stringContaining('signed by') }),
      );
    },
  );

  it.each(ROWS)(
    '$row: $name is stale when $check says something else, and decision 1 with it',
    async (one) => {
      const { name, by, role, check } = one;
      const world = await open([name]);
      await world.approve(by, { point: name, as: role, comment });
      await world.approve(pat);
      await world.note(but(check, 'fail', 'not any more'));
      const { result } = await world.approve(pat, { point: name, require: true });
      expect(result).toMatchObject({ exitCode: 3, result: { complete: false, given: [{ stale: true }] } });
      expect(result?.text.replace(/\s+/g, ' ')).toContain(`evidence changed after signing: ${check}: pass`);
      expect((await world.status()).text).toMatch(
        new RegExp(`review ${name} of v2.1.0 waits since .* \\(evidence[^)]*\\) for ${role}:`),
      );
      const again = await world.approve(by, { point: name, as: role, comment });
      expect(again.code).toBe('E_NO_EVIDENCE');
    },
  );

  it('PRE-17: that users have tried it is said with the address of its results, and not without', async () => {
    const world = await open(['acceptance']);
    expect((await world.approve(pat, { point: 'acceptance' })).code).toBe('E_ARGUMENTS');
    expect((await world.approve(pat, { point: 'acceptance', comment: 'all fine' })).code).toBe('E_ARGUMENTS');
    expect(world.approvals()).toEqual([]);
    const { result } = await world.approve(pat, { point: 'acceptance', comment });
    expect(result?.result.given).toMatchObject([{ role: 'product-owner', comment }]);
    const look = await world.approve(sam, { point: 'acceptance', require: true });
    expect(look.result?.text).toContain('https://wiki.example/uat-210');
  });

  it('is of one candidate: another commit asks for it anew', async () => {
    const world = await open(['security']);
    await world.approve(robin, { point: 'security' });
    const moved = { ...world.wired.services.git, branchTip: async () => 'd'.repeat(40) };
    Object.assign(world.wired.services, { git: moved });
    const { result } = await world.approve(pat, { point: 'security', require: true });
    expect(result?.result).toMatchObject({ complete: false });
  });

  it('one who declines keeps decision 1 from a GO, by name', async () => {
    const world = await open(['security']);
    await world.approve(robin, { point: 'security', go: false, comment: 'one finding is new' });
    const { code } = await world.approve(pat);
    expect(code).toBe('E_NO_EVIDENCE');
    expect((await world.status()).text).toContain('declined by Robin Example (engineering-lead)');
  });

  it('is waited for by nobody where it is not required, and there is none that is not configured', async () => {
    const over = { reviews: { security: { roles: ['engineering-lead'], required: false } } };
    const world = await open([], over);
    expect((await world.approve(pat)).code).toBeUndefined();
    expect((await world.status()).text).not.toContain('review security');
    expect((await world.approve(pat, { point: 'performance' })).code).toBe('E_NOT_CONFIGURED');
  });
});

/** What `release handoff before --sign` records, of one item. */
async function signHandoff({ context, wired, ledger }: Awaited<ReturnType<typeof open>>, subject: string) {
  const decision: DecisionAtHand = {
    ...{
      point: 'before',
      version: 'v2.1.0',
      commit: COMMIT,
      run: subject,
      title: '',
      about: '',
      warnings: [],
    },
    outcomes: ['ACCEPTED', 'DECLINED'],
    evidence: makeEvidence([{ key: 'b1', says: 'frozen', mark: 'holds' }]),
  };
  const events = await ledger.read(SCOPE);
  const sitting = { decision, events, state: await judgeSitting({ decision, events }, wired) };
  const here = { ...context, cwd: kim.folder };
  const drafts = await draftSignOffs(sitting, { word: 'go', comment: '' }, {}, here, wired);
  await signDrafts(drafts, sitting, here, wired);
}

describe('the handoff and decision 1', () => {
  const required = { handoffs: { before: { roles: ['qa'], required: true } } };

  it('PRE-29: nobody says GO before the handoff of the candidate is signed; an answer afterwards takes that away', async () => {
    const qa = { name: 'Kim', email: 'kim@example.com', roles: ['qa'] };
    const world = await open([], { ...required, people: { ...RUNBOOK.people, kim: qa } });
    const line = 'release handoff before v2.1.0 --sign --env production';
    expect(await world.approve(pat)).toMatchObject({ code: 'E_NO_EVIDENCE', next: line });
    expect((await world.status()).text).toMatch(/handoff before of v2\.1\.0 waits since .* for qa: Kim/);
    const subject = `v2.1.0 ${COMMIT}`;
    await signHandoff(world, subject);
    expect((await world.approve(pat)).code).toBeUndefined();
    const data = {
      kind: 'before',
      version: 'v2.1.0',
      subject,
      item: 'b17',
      text: 'x',
      by: 'Kim',
      mark: '',
    } as const;
    await world.ledger.note(SCOPE, { id: 'again', run: 'h', type: 'handoff.answered', data });
    expect((await world.status()).text).toMatch(
      /handoff before of v2\.1\.0 waits since .* \(evidence changed[^)]*\) for qa:/,
    );
    expect((await world.approve(robin, { as: 'engineering-lead' })).code).toBe('E_NO_EVIDENCE');
  });
});

describe('what was tried by hand', () => {
  it('DAY-29: is open with its role while decision 2 waits for it, and is bound to the run and its smoke tests', async () => {
    const over = {
      reviews: { 'critical-paths': { roles: ['devops-lead'] } },
      decisions: { ...RUNBOOK.decisions, 2: { ...RUNBOOK.decisions[2], required: true } },
    };
    const world = makeApprovalWorld({ over });
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    const line = 'release approve v2.1.0 --point critical-paths --env production';
    expect(await world.approve(robin, { point: '2', as: 'engineering-lead' }, '')).toMatchObject({
      code: 'E_NO_EVIDENCE',
      next: line,
    });
    const { result } = await world.approve(sam, { point: 'critical-paths', comment: 'paid 1 EUR' }, '');
    expect(result?.result).toMatchObject({ point: 'critical-paths', run, complete: true });
    const items = world.approvals()[0]?.data.items.map(({ key }) => key);
    expect(items).toEqual(['commit', 'run', 'smoke']);
    expect((await world.approve(robin, { point: '2', as: 'engineering-lead' }, '')).code).toBeUndefined();
  });

  it('DAY-29: where nobody is waited for, whoever decides is told that it is open, and with whom', async () => {
    const over = { reviews: { 'critical-paths': { roles: ['devops-lead'], required: false } } };
    const world = makeApprovalWorld({ over });
    await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    const { result } = await world.approve(robin, { point: '2', as: 'engineering-lead' }, '');
    const said = 'review critical-paths, which is not required: waiting for devops-lead';
    expect([world.stderr(), result?.warnings]).toEqual([expect.stringContaining(said), [said]]);
  });
});

describe('what blocks', () => {
  it('DAY-03: those who decide see what the tracker says, and a blocking issue that comes later undoes their word', async () => {
    const world = await open([]);
    await world.approve(pat);
    expect(world.stderr()).toContain('source.open-bugs: pass, no P0 or P1 is open');
    await world.note(but('source.open-bugs', 'fail', '1 open: #412 exports hang (P1)'), 'no-go', [
      'source.open-bugs',
    ]);
    const { result } = await world.approve(sam, { require: true });
    expect(result?.result.given).toMatchObject([
      {
        stale: true,
        why: expect.stringContaining('source.open-bugs: pass, no P0 or P1 is open → fail, 1 open: #412'),
      },
    ]);
    expect((await world.approve(robin, { as: 'engineering-lead' })).code).toBe('E_NO_EVIDENCE');
  });
});
