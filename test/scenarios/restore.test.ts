import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Ended } from '../support/run-bin.ts';
import { readByHand, typeLine } from '../support/scenarios/by-hand.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { holdPublish } from '../support/scenarios/hold-publish.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askOrigin } from '../support/scenarios/read-origin.ts';
import { askDatabase, countRows, readHealth, readMigrations } from '../support/scenarios/read-world.ts';
import { openSecondMachine, type SecondMachine } from '../support/scenarios/second-machine.ts';

const IN_FULL = ['--env', 'production', '--yes'];
const P0 = ['rollback', '--to', 'v2.0.3', '--reason', 'checkout fails', '--severity', 'P0'];
const RESTORE = [...P0, '--db', 'restore'];
const TAKE_OVER = ['--takeover', '--reason', 'the other laptop died'];

let scenario: Scenario;
/** On call, with a clone that nobody has released from: nothing but git and the secrets. */
let oncall: SecondMachine;

const good = ({ code, stderr }: Ended) => ({ code, stderr: code === 0 ? '' : stderr });
const GOOD = { code: 0, stderr: '' };
const told = ({ stdout }: Ended) => JSON.parse(stdout);

beforeAll(async () => {
  scenario = await openScenario();
  oncall = openSecondMachine(scenario);
});
afterAll(() => scenario?.close());

describe('a rollback from a second clone, while the deploy is at work on another machine', () => {
  let deploy: Ended;
  let rollback: Ended;
  beforeAll(async () => {
    const publish = holdPublish(scenario);
    const running = scenario.start(['deploy', 'v2.1.0', ...IN_FULL]);
    await running.said(/STEP publish start/);
    await publish.accepted();
    rollback = await oncall.run([...P0, ...IN_FULL, '--json']);
    publish.letGo();
    deploy = await running.ended;
  }, 240_000);

  it('RBC-P0: takes the lock, takes back what the deploy did, and ends verified in a fraction of 15 minutes', async () => {
    expect(good(rollback)).toEqual(GOOD);
    expect(told(rollback)).toMatchObject({ verdict: 'completed', result: { verified: true } });
    expect(told(rollback).result.clock).toMatchObject({ severity: 'P0', overdue: false });
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(askOrigin(scenario.world, 'diff', '--stat', 'v2.0.3', 'main')).toBe('');
  });

  it('the deploy that wakes up from its publish moves nothing any more, and does not say that users are out', async () => {
    expect({ code: deploy.code, said: deploy.stderr + deploy.stdout }).toMatchObject({
      code: 5,
      said: expect.stringContaining('took rur2/production over'),
    });
    expect(deploy.stdout).not.toContain('MAINTENANCE IS ON');
    expect(scenario.world.platform.live()?.version).toBe('2.0.3');
  });

  it('the same rollback once more, from either machine, finds nothing to do', async () => {
    for (const run of [oncall.run, scenario.run]) {
      const { code, stdout } = await run([...P0, ...IN_FULL, '--json']);
      expect({ code, result: JSON.parse(stdout).result }).toEqual({ code: 0, result: { alreadyLive: true } });
    }
  });
});

/** A customer buys; Stripe takes the money and tells the application. */
async function buy(user: number): Promise<void> {
  const { stripe, secrets } = scenario.world;
  const order = { mode: 'payment', 'line_items[0][price]': 'price_sandbox_free' };
  const answer = await fetch(`${stripe.url}/v1/checkout/sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.STRIPE_SECRET_KEY}` },
    body: new URLSearchParams({ ...order, client_reference_id: String(user) }),
  });
  await stripe.pay(((await answer.json()) as { id: string }).id);
}

const writeThree = () =>
  askDatabase(
    scenario.world,
    `insert into assessments (name, facility_id, user_id)
     select 'Since ' || n, a.facility_id, a.user_id from generate_series(1, 3) n, (select * from assessments limit 1) a`,
  );

const countBack = async () => ({
  written: await countRows(scenario.world, `assessments where name like 'Since %'`),
  payments: await countRows(scenario.world, 'payments'),
});

describe('a restore from that clone, after 3 rows and 2 payments', () => {
  let before: { readonly written: number; readonly payments: number };
  const losses: { readonly rows: number; readonly payments: number }[] = [];
  const plan = async () => losses.push(told(await oncall.run([...RESTORE, '--plan', '--json'])).result.loss);
  beforeAll(async () => {
    await scenario.world.prepareBadRelease();
    expect(good(await scenario.run(['deploy', 'v2.2.0', ...IN_FULL]))).toEqual(GOOD);
    before = await countBack();
    await plan();
    await writeThree();
    await buy(1);
    await buy(1);
    await plan();
  }, 240_000);

  it('RBX-4C1: says in its plan exactly what it takes', () => {
    const [first, second] = losses;
    expect(Number(second?.payments) - Number(first?.payments)).toBe(2);
    // The three rows, both payments with the events that brought them, and the user who paid.
    expect(Number(second?.rows) - Number(first?.rows)).toBe(3 + 2 + 2 + 1);
  });

  it('F54: ends with 7 while Neon is away (503): nothing restored, users out, and the restore by hand', async () => {
    const away = { status: 503, headers: { 'retry-after': '60' }, text: 'down' };
    scenario.world.neon.addFault({ method: 'POST', path: /\/restore$/, times: 1, answer: away });
    const ended = await oncall.run([...RESTORE, '--accept-data-loss', ...IN_FULL, '--json']);
    expect(ended.code).toBe(7);
    expect(told(ended).result.error).toMatchObject({ code: 'E_NEON_BUSY' });
    expect(readByHand(ended.stdout)[0]?.says).toMatch(/^restore the database to 0\/[0-9A-F]+/);
    expect(scenario.world.neon.restores()).toEqual([]);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: true });
    expect((await scenario.run(['status'])).stdout).toContain('MAINTENANCE IS ON');
  });

  it('E-48, F77: killed as soon as Neon has accepted, it is gone on with elsewhere, and restores once', async () => {
    const { neon } = scenario.world;
    neon.addFault({ method: 'POST', path: /\/restore$/, times: 1, answer: 'hang', after: true });
    const killed = oncall.start(['rollback', '--resume', ...IN_FULL]);
    await vi.waitFor(() => expect(neon.restores()).toHaveLength(1), { timeout: 60_000, interval: 20 });
    killed.kill('SIGKILL');
    await killed.ended;
    const ended = await scenario.run(['rollback', '--resume', ...TAKE_OVER, ...IN_FULL, '--json']);
    expect(good(ended)).toEqual(GOOD);
    // What a restore took is compared by the reconciliation alone, and until then not called verified.
    expect(told(ended)).toMatchObject({ verdict: 'completed', result: { verified: false } });
    const open = told(ended).result.notVerified.map(({ why }: { why: string }) => why);
    expect(open).toContainEqual(expect.stringMatching(/^restored to 0\/.*--reconcile shows what it took$/));
    expect(neon.restores()).toHaveLength(1);
    expect(await readMigrations(scenario.world)).toHaveLength(4);
    expect(await readHealth(scenario.world)).toMatchObject({ version: '2.0.3', maintenance: false });
    expect(await countBack()).toEqual(before);
  });

  it('RBX-4C2: the reconciliation gives the rows and the payments back', async () => {
    const found = await oncall.run(['rollback', '--reconcile', '--env', 'production', '--json']);
    expect(good(found)).toEqual(GOOD);
    const [line = ''] = told(found).next as string[];
    await typeLine(scenario, { says: 'apply', line });
    expect(await countBack()).toEqual({ written: before.written + 3, payments: before.payments + 2 });
    const again = await oncall.run(['rollback', '--reconcile', '--env', 'production', '--json']);
    expect(good(again)).toEqual(GOOD);
    expect(told(again).result).toMatchObject({ lost: 0, conflicts: 0 });
  });

  it('RBX-6.3: the events of Stripe once more change nothing, and a second time none is sent', async () => {
    const words = ['rollback', '--replay-events', ...IN_FULL, '--json'];
    const [first, second] = [told(await oncall.run(words)), told(await scenario.run(words))];
    expect(first.result).toMatchObject({ sent: 2, acceptedBefore: 0 });
    expect(second.result).toMatchObject({ sent: 0, acceptedBefore: 2 });
    expect(await countBack()).toEqual({ written: before.written + 3, payments: before.payments + 2 });
  });
});

describe('secrets', () => {
  it('stand in nothing that was said, sent to people or left in files', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
