import { describe, expect, it } from 'vitest';
import { runApprove } from '../../../src/cli/approve/run-approve.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { COMMIT, makeApprovalWorld, makeMachines, RUNBOOK, type WantedApproval } from './approve-world.ts';

const machineOf = makeMachines();
const [pat, robin, sam, eve] = ['pat', 'robin', 'sam', 'eve'].map((name) => machineOf(name)) as [
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
  ReturnType<typeof machineOf>,
];
const NO = { go: false, comment: 'payments are slow' } as const;

async function open(wanted: WantedApproval = {}) {
  const world = makeApprovalWorld(wanted);
  await world.note();
  return world;
}

describe('release approve', () => {
  it('DP-1a, DP-1b, DAY-11: records who signed what and how that is known, and says who is missing', async () => {
    const world = await open();
    const { result } = await world.approve(pat, { comment: 'ok' });
    expect(result).toMatchObject({
      exitCode: 0,
      version: 'v2.1.0',
      result: {
        point: 1,
        complete: false,
        decision: null,
        missing: ['engineering-lead', 'devops-lead'],
        given: [
          { role: 'product-owner', person: 'pat', method: 'self-declared', state: 'go', comment: 'ok' },
        ],
      },
    });
    expect(world.approvals()[0]?.data.approval).toMatchObject({ commit: COMMIT, run: '', decision: 'go' });
    expect(world.stderr()).toContain('preflight GO');
    expect(world.stderr()).toContain('tests.e2e: pass, 98.2 %');
    await world.approve(robin, { as: 'engineering-lead' });
    const last = await world.approve(sam, {});
    expect(last.result).toMatchObject({
      result: { complete: true, decision: 'GO' },
      next: ['release deploy v2.1.0 --env production'],
    });
  });

  it('GO-10, NG-08: lets nobody say GO without a preflight that is GO; a NO-GO needs none', async () => {
    const world = makeApprovalWorld();
    expect((await world.approve(pat)).code).toBe('E_NO_EVIDENCE');
    await world.note([{ check: 'tests.e2e', outcome: 'fail', said: '91 %' }], 'no-go', ['tests.e2e']);
    expect((await world.approve(pat)).code).toBe('E_NO_EVIDENCE');
    const { result } = await world.approve(pat, NO);
    expect(result?.result).toMatchObject({ complete: false, decision: 'NO-GO' });
    const moved = await open({ branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'd'.repeat(40) } });
    expect((await moved.approve(pat)).code).toBe('E_NO_EVIDENCE');
    // The window opens after the decision is taken: that it is closed speaks against nothing.
    const early = makeApprovalWorld();
    await early.note([{ check: 'people.window-open', outcome: 'fail', said: 'opens' }], 'hold', [
      'people.window-open',
    ]);
    expect((await early.approve(pat)).code).toBeUndefined();
  });

  it('DAY-15, DP-1c: a NO-GO needs a reason, puts the release off, and is told once, however many say it', async () => {
    const slack = new MemorySlack({ releases: 'bot' }, () => new Date());
    const routes = {
      botToken: '$T',
      channels: { releases: { id: 'C0RELEASES' } },
      routes: { 'no-go': ['releases'] },
    };
    const window = { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00', lastStartBefore: 0 };
    const world = await open({
      ...{ configured: ['git', 'slack'], services: { slack } },
      over: { services: { slack: routes }, window },
    });
    const render = async (template: string, moment: object) => ({
      text: JSON.stringify([template, moment]),
      blocks: [],
    });
    Object.assign(world.wired, { render });
    expect((await world.approve(sam, { go: false })).code).toBe('E_REASON_MISSING');
    const { result } = await world.approve(sam, NO);
    expect(result?.result).toMatchObject({ decision: 'NO-GO', postponedTo: { isLate: expect.any(Boolean) } });
    await world.approve(robin, { ...NO, as: 'engineering-lead' });
    expect(slack.messages.map(({ message }) => message.text)).toEqual([
      expect.stringContaining('NO-GO by Sam Example (devops-lead, self-declared): \\"payments are slow\\"'),
    ]);
    await world.approve(sam, { revoke: true });
    await world.approve(robin, { as: 'engineering-lead', revoke: true });
    await world.approve(sam, NO);
    expect(slack.messages).toHaveLength(2);
  });

  it('takes a word back, and only one’s own', async () => {
    const world = await open();
    expect((await world.approve(pat, { revoke: true })).code).toBe('E_SIGN_OFF_REFUSED');
    await world.approve(pat, NO);
    expect((await world.approve(pat, { revoke: true })).result?.result).toMatchObject({
      decision: null,
      missing: { length: 3 },
    });
    expect((await world.approve(pat, { revoke: true, go: false })).code).toBe('E_FLAG_REFUSED');
  });

  it('refuses whoever is not in people, and a script that does not say as what it signs', async () => {
    const world = await open();
    expect(await world.approve(eve)).toMatchObject({ code: 'E_NOT_LISTED' });
    expect(await world.approve(robin, { as: 'product-owner' })).toMatchObject({ code: 'E_NOT_LISTED' });
    const terminal = { ...world.context.terminal, canAsk: false };
    const context = { ...world.context, terminal, cwd: pat.folder };
    await expect(runApprove(['v2.1.0'], {}, context, world.wired)).rejects.toMatchObject({
      code: 'E_CONFIRM_IN_FULL',
    });
    expect(world.approvals()).toEqual([]);
  });

  it('--require signs nothing alone, and ends with 3 until all have signed', async () => {
    const world = await open();
    expect((await world.approve(eve, { require: true })).result?.exitCode).toBe(3);
    await world.approve(pat);
    await world.approve(robin, { as: 'engineering-lead' });
    expect((await world.approve(sam, { require: true, as: 'devops-lead' })).result).toMatchObject({
      exitCode: 0,
      result: { complete: true, recorded: 1 },
    });
    expect((await world.approve(eve, { require: true })).result?.exitCode).toBe(0);
  });

  it('says stale and what changed when preflight finds something else later', async () => {
    const world = await open();
    await world.approve(pat);
    await world.note([
      { check: 'tests.e2e', outcome: 'pass', said: '97.1 %' },
      { check: 'database.pool-headroom', outcome: 'pass', said: '12 of 100' },
    ]);
    const { result } = await world.approve(eve, { require: true });
    expect(result?.result.given).toMatchObject([
      { stale: true, why: 'evidence changed after signing: tests.e2e: pass, 98.2 % → pass, 97.1 %' },
    ]);
    expect((await world.approve(pat)).result?.result.given).toMatchObject([{ stale: false, state: 'go' }]);
  });

  it('writes down what somebody else has said with its proof, and shows that it is that', async () => {
    const world = await open();
    expect((await world.approve(sam, { for: 'Pat Example' })).code).toBe('E_ARGUMENTS');
    expect((await world.approve(sam, { for: 'nobody', proof: 'https://x.example/1' })).code).toBe(
      'E_NOT_LISTED',
    );
    const { result } = await world.approve(sam, { for: 'pat', proof: 'https://chat.example/1' });
    expect(result?.result.given).toMatchObject([{ person: 'pat', method: 'proxy', state: 'go' }]);
    const look = await world.approve(eve, { require: true });
    expect(look.result?.text).toMatch(
      /◌ Pat Example {3}GO .* proxy: recorded by Sam\s+Example, proof\s+https:\/\/chat\.example\/1/,
    );
    const strict = await open({ over: { approvals: { leastProof: 'self-declared' } } });
    expect((await strict.approve(sam, { for: 'pat', proof: 'https://chat.example/1' })).code).toBe(
      'E_SIGN_OFF_REFUSED',
    );
  });

  it('takes the account of a workflow, and never for proof of more than that', async () => {
    const world = await open();
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'Pat-Hub',
      GITHUB_RUN_ID: '7',
      GITHUB_REPOSITORY: 'a/b',
    };
    Object.assign(world.context, { env });
    const { result } = await world.approve(eve, { as: 'product-owner' });
    expect(result?.result.given).toMatchObject([{ person: 'pat', method: 'github' }]);
    const look = await world.approve(eve, { require: true });
    expect(look.result?.text).toMatch(/github: says a workflow\s+run, https:/);
  });

  it('E-113: one person signs every role they have where the runbook says so aloud', async () => {
    const over = {
      staffing: { rollbackRoles: ['devops-lead'], singleOperator: true },
      people: {
        ...RUNBOOK.people,
        robin: {
          name: 'Robin Example',
          email: 'robin@example.com',
          roles: ['product-owner', 'engineering-lead', 'devops-lead'],
        },
      },
    };
    const world = await open({ over });
    const { result } = await world.approve(robin);
    expect(result?.result).toMatchObject({ complete: true, recorded: 3 });
    expect(world.stderr()).toContain('single operator: one person may sign for every role');
  });

  it('shows with --plan what would be signed, and signs nothing', async () => {
    const world = await open();
    const flags = { ...world.context.flags, plan: true };
    Object.assign(world.context, { flags });
    const { result } = await world.approve(pat);
    expect(result?.text).toContain('"kind":"release-approval"');
    expect(world.approvals()).toEqual([]);
  });

  it('ends with 5 where the decision is closed: the version is live', async () => {
    const world = makeApprovalWorld();
    await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    expect((await world.approve(pat, { point: '1' })).code).toBe('E_DECISION_CLOSED');
  });
});

describe('the later decisions', () => {
  it('DP-3a, DP-3c, DP-2a: are about the run, are closed when taken, and a ROLLBACK names the way back', async () => {
    const world = makeApprovalWorld();
    expect((await world.approve(sam, { point: '3' }, '')).code).toBe('E_DECISION_CLOSED');
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    expect((await world.approve(sam, { point: '3' }, '')).result?.result).toMatchObject({
      point: 3,
      run,
      missing: ['engineering-lead'],
    });
    const no = await world.approve(robin, { point: '3', ...NO, as: 'engineering-lead' }, '');
    expect(no.result).toMatchObject({
      result: { decision: 'ROLLBACK' },
      next: ['release rollback --to previous --env production'],
    });
    const yes = await world.approve(robin, { point: '3', as: 'engineering-lead' }, '');
    expect(yes.result?.result).toMatchObject({ complete: true, decision: 'SUCCESS' });
    expect((await world.approve(sam, { point: '3', ...NO }, '')).code).toBe('E_DECISION_CLOSED');
    expect((await world.approve(sam, { point: '2' }, '')).result?.result).toMatchObject({ point: 2, run });
  });

  it('DP-4a: cannot be taken before their moment', async () => {
    const world = makeApprovalWorld();
    await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    expect((await world.approve(pat, { point: '4' }, '')).code).toBe('E_ARGUMENTS');
    const { decisions: _, ...rest } = RUNBOOK;
    const none = makeApprovalWorld({ over: { ...rest, decisions: undefined } });
    expect((await none.approve(pat)).code).toBe('E_NOT_CONFIGURED');
  });

  it('what is measured later does not undo what was decided', async () => {
    const world = makeApprovalWorld();
    const run = await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    await world.approve(sam, { point: '3' }, '');
    await world.approve(robin, { point: '3', as: 'engineering-lead' }, '');
    const data = { version: 'v2.1.0', level: 'hold' as const, rules: [] };
    await world.ledger.note('rur2/production', { id: 'stood', run: 'w', type: 'watch.stood', data });
    const { result } = await world.approve(eve, { point: '3', require: true }, '');
    expect(result).toMatchObject({ exitCode: 0, result: { run, complete: true, decision: 'SUCCESS' } });
  });
});
