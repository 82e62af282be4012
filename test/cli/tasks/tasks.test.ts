import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { digestItems } from '../../../src/ledger/approvals/make-evidence.ts';
import { failureOf } from '../../support/failure-of.ts';
import { openTaskWorld } from './task-world.ts';

let world: Awaited<ReturnType<typeof openTaskWorld>>;
beforeEach(async () => {
  world = await openTaskWorld();
});
afterEach(() => world.close());

type Told = { readonly id: string; readonly state: string; readonly closed: JsonObject | null };

/** A task as `release task list --all --json` tells it. */
async function told(id: string): Promise<Told | undefined> {
  const { result } = await world.task(['list'], { all: true });
  const [list] = result.lists as unknown as readonly { readonly tasks: readonly Told[] }[];
  return list?.tasks.find((task) => task.id === id);
}

describe('tasks after a rollback', () => {
  it('PIR-05 to PIR-08, PIR-12, PIR-13: are opened once, with their time and their owner', async () => {
    const { text } = await world.task();
    expect(text).toContain('Tasks after the rollback of v2.1.0   29 open, 1 closed');
    expect(text).toContain('pir-05  Read the logs of the deployment for errors');
    expect(text).toMatch(
      /pir-24 {2}Hold the postmortem meeting\n +by Fri 3 Oct 10:35 EDT · Incident Commander/,
    );
    await world.task();
    expect(await world.lists()).toHaveLength(1);
  });

  it.each([
    { row: 'PIR-17' },
    { row: 'PIR-18' },
    { row: 'PIR-22' },
    { row: 'PIR-27' },
    { row: 'PIR-28' },
    { row: 'PIR-29' },
  ])('$row: is recorded, closed with evidence alone, and shown with it', async ({ row }) => {
    const id = row.toLowerCase();
    expect(await told(id)).toMatchObject({ state: 'open', closed: null });
    expect((await failureOf(world.task(['done', id]))).text.what).toBe('It needs --evidence.');
    await world.task(['done', id], { evidence: 'https://example.com/42' });
    expect(await told(id)).toMatchObject({
      state: 'done',
      closed: { how: 'done', said: 'https://example.com/42', by: 'Dana Ito' },
    });
  });

  it('are dropped with a reason, and nobody closes one twice', async () => {
    expect((await failureOf(world.task(['drop', 'pir-28']))).text.what).toBe('It needs --reason.');
    expect((await failureOf(world.task(['drop', 'pir-29']))).text.next).toContain('release task drop pir-29');
    await world.task(['drop', 'pir-28'], { reason: 'it was quick' });
    expect(await told('pir-28')).toMatchObject({ state: 'dropped' });
    const again = await failureOf(world.task(['done', 'pir-28'], { evidence: 'x' }));
    expect(again.text.what).toContain('There is no open task pir-28.');
  });

  it('belong to somebody of the runbook, or to a role, or to nobody, and it is said which', async () => {
    const unknown = await failureOf(world.task(['assign', 'pir-24'], { to: 'Ana Dias' }));
    expect(unknown.text.what).toContain('Did you mean "Ana Diaz"?');
    await world.task(['assign', 'pir-24'], { to: 'ana diaz' });
    const { text } = await world.task();
    expect(text).toContain('10:35 EDT · Ana Diaz · shown by');
    expect(text.replace(/\s+/g, ' ')).toContain('Incident Commander (role; given to nobody yet)');
    expect(text).toContain('· unassigned ·');
  });

  it('PIR-02: the branch that keeps the database is seen, and closes its task', async () => {
    expect(await told('pir-02')).toMatchObject({ state: 'seen', closed: { said: 'branch pre-v2.1.0' } });
  });

  it.each([
    { row: 'PIR-09', template: 'incident-report' },
    { row: 'PIR-10', template: 'engineering-update' },
  ])(
    '$row: $template that reached somebody closes its task; one in a file, or of another release, does not',
    async (one) => {
      const id = one.row.toLowerCase();
      const send = (nth: number, transport: 'mail' | 'file', version = 'v2.1.0') => {
        const sent = [{ channel: 'all', transport }];
        const data = { template: one.template, version, by: 'Ana Diaz', missed: [], sent } as const;
        return world.note(`m-${nth}`, 'n', 'message.sent', data as never);
      };
      await send(1, 'file');
      await send(2, 'mail', 'v2.2.0');
      expect(await told(id)).toMatchObject({ state: 'open' });
      await send(3, 'mail');
      const said = expect.stringContaining(`${one.template}, sent by Ana Diaz at 2025-10-01`);
      expect(await told(id)).toMatchObject({ state: 'seen', closed: { said } });
    },
  );

  it('PIR-03: a picture of the measurements that lies beside the postmortem closes its task, and no line in it does', async () => {
    const folder = 'docs/postmortems';
    const head = '<!-- release postmortem r -->\n';
    const picture = '![Errors and P95 over the time of the incident](<r.svg>)\n';
    world.write(`${folder}/2025-10-01-v2.1.0-incident.md`, head + picture);
    expect(await told('pir-11')).toMatchObject({ state: 'seen' });
    expect(await told('pir-03')).toMatchObject({ state: 'open' });
    world.write(`${folder}/r.svg`, '<svg/>');
    expect(await told('pir-03')).toMatchObject({
      state: 'seen',
      closed: { said: expect.stringContaining('r.svg') },
    });
  });

  it('PIR-22: the signed acceptance of the fix closes its task; one that nobody may give does not', async () => {
    const items = [{ key: 'commit', says: 'c0ffee1', mark: 'c0ffee1' }];
    const accept = (nonce: string, role: string) => {
      const approval = {
        ...{ kind: 'release-approval', v: 1, service: 'shop', environment: 'production', version: 'v2.1.1' },
        ...{ commit: 'c0ffee1', point: 'acceptance', run: '', role, person: 'jo', decision: 'go' },
        ...{ evidence: digestItems(items), method: 'self-declared', by: '', link: '', comment: '', nonce },
        at: world.wired.clock.now().toISOString(),
      };
      const data = { version: 'v2.1.1', approval, items };
      return world.note(nonce, nonce, 'approval.recorded', data as never);
    };
    world.at(1);
    await accept('a-1', 'product-owner');
    expect(await told('pir-22')).toMatchObject({ state: 'open' });
    await accept('a-2', 'engineering-lead');
    const said = 'acceptance of v2.1.1 is signed';
    expect(await told('pir-22')).toMatchObject({ state: 'seen', closed: { said } });
  });

  it('PIR-11, PIR-25: the postmortem closes two, the second when nothing in it is open', async () => {
    const file = 'docs/postmortems/2025-10-01-v2.1.0-incident.md';
    const action = '## Action Items\n- [ ] Alert - Owner: Jo - Due: 2026-01-01\n';
    world.write(file, `<!-- release postmortem r -->\nTODO(person)\n${action}`);
    expect(await told('pir-11')).toMatchObject({ state: 'seen', closed: { said: file } });
    expect(await told('pir-25')).toMatchObject({ state: 'open' });
    world.write(file, `<!-- release postmortem r -->\n${action}`);
    expect(await told('pir-25')).toMatchObject({ state: 'seen' });
  });

  it('PIR-16, PIR-19, PIR-21: what the ledgers show of the next version closes its tasks', async () => {
    await world.addRun('p', { command: 'prepare', version: 'v2.1.1' }, 'shop/x-prepare');
    expect(await told('pir-16')).toMatchObject({
      state: 'seen',
      closed: { said: 'v2.1.1 is prepared, run p' },
    });
    expect(await told('pir-19')).toMatchObject({ state: 'seen' });
    await world.addRun('s', { command: 'deploy', version: 'v2.1.1', env: 'staging' }, 'shop/staging');
    expect(await told('pir-21')).toMatchObject({ closed: { said: 'v2.1.1 is on staging, run s' } });
    expect(await told('pir-17')).toMatchObject({ state: 'open' });
    await world.addRun('d2', { command: 'deploy', version: 'v2.1.1' });
    expect(await told('pir-17')).toMatchObject({ closed: { said: 'v2.1.1 is released, run d2' } });
  });

  it('E-90: the bad version itself, or one below it, is no fix', async () => {
    await world.addRun('p', { command: 'prepare', version: 'v2.0.4' }, 'shop/x-prepare');
    await world.addRun('s', { command: 'deploy', version: 'v2.1.0', env: 'staging' }, 'shop/staging');
    expect([await told('pir-16'), await told('pir-21')]).toMatchObject([
      { state: 'open' },
      { state: 'open' },
    ]);
  });

  it('PIR-14, PIR-20, PIR-23: a preflight of the next version closes what it has passed, and no more', async () => {
    const decide = (id: string, call: 'go' | 'hold', outcomes: Record<string, 'pass' | 'unknown'>) =>
      world.note(id, id, 'gate.decided', {
        ...{ gate: 'preflight', call, counts: {}, because: [], version: 'v2.1.1' },
        findings: Object.entries(outcomes).map(([check, outcome]) => ({
          ...{ check, outcome, at: '', freshForMs: 1, digest: '' },
        })),
      });
    await decide('g1', 'hold', { 'migrations.rehearsal': 'pass', 'tests.performance': 'unknown' });
    expect(await told('pir-14')).toMatchObject({ state: 'seen' });
    expect(await told('pir-20')).toMatchObject({ state: 'open' });
    expect(await told('pir-23')).toMatchObject({ state: 'open' });
    await decide('g2', 'go', { 'tests.performance': 'pass' });
    expect(await told('pir-20')).toMatchObject({ closed: { said: 'the preflight of v2.1.1 said GO' } });
    expect(await told('pir-23')).toMatchObject({ state: 'seen' });
  });
});

describe('a task that is overdue', () => {
  it('PIR-24: is reminded of once, by whichever agent comes first, and never before its time', async () => {
    world.at(1);
    expect(await world.remind()).toBeUndefined();
    world.at(49);
    await world.task(['assign', 'pir-24'], { to: 'Ana Diaz' });
    const both = await Promise.all([world.remind(), world.remind()]);
    expect(both.filter((one) => one !== undefined)).toHaveLength(1);
    expect(both.find(Boolean)).toMatchObject({ exitCode: 3, next: ['release task --env production'] });
    expect(await world.remind()).toBeUndefined();
    expect(world.slack.messages).toHaveLength(1);
    const { view } = JSON.parse(world.slack.messages[0]?.message.text ?? '{}');
    const owners = view.notes.tasks.map((one: JsonObject) => [one.id, one.owner]);
    expect(owners).toContainEqual(['pir-24', { name: 'Ana Diaz', slack: 'U0ANA' }]);
    // Nobody is mentioned for having a role.
    expect(owners).toContainEqual(['pir-05', 'engineering-lead (role; given to nobody yet)']);
  });

  it('is told again neither when it was closed late nor when Slack did not take it', async () => {
    world.at(3);
    world.slack.failNext('releases', 'refused');
    expect((await world.remind())?.warnings).toHaveLength(1);
    world.at(30);
    await world.task(['done', 'pir-12'], { evidence: 'by hand' });
    const second = await world.remind();
    expect(second?.said).toContain('pir-13');
    expect(second?.said).not.toContain('pir-12');
    expect(second?.said).not.toContain('pir-01');
  });

  it('of a rollback of long ago is no news: its list is not opened', async () => {
    world.at(24 * 8);
    expect((await world.task()).text).toContain('No tasks');
    expect(await world.remind()).toBeUndefined();
  });
});
