import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningApp } from '../../../src/sandbox/app/start-app.ts';
import { AppWorld, logIn, send, signed } from './app-world.ts';

let world: AppWorld;

beforeAll(async () => {
  world = await AppWorld.open();
});
afterAll(() => world.close());

const create = async (app: RunningApp, json: unknown) => {
  const token = await logIn(app);
  return (await send(app, 'POST /api/assessments', { token, json })).json;
};

async function exportOf(app: RunningApp, assessment: number): Promise<number> {
  const token = await logIn(app);
  const { exportId } = (await send(app, `POST /api/assessments/${assessment}/export`, { token })).json;
  for (;;) {
    const { status } = await send(app, `GET /api/exports/${exportId}/download`, { token });
    if (status !== 202) return status;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('versions and schemas', () => {
  it('v2.1.0 does not start before its migrations have run, and names what is missing', async () => {
    const database = await world.freshDatabase();
    await expect(world.start({ database, version: '2.1.0' })).rejects.toThrow(
      'the database has no assessments.due_date, exports.priority: migrate it first',
    );
    // A server says good-bye to a session a moment after it has ended: ask until none is left.
    const others = `select count(*) - 1 from pg_stat_activity where datname = '${database}'`;
    while ((await world.number(database, others)) > 0);
  });

  it('v2.1.0 keeps due dates, and refuses days that are none', async () => {
    const app = await world.start({ database: await world.freshDatabase('2.1.0'), version: '2.1.0' });
    const made = await create(app, { name: 'Due', dueDate: '2025-12-31' });
    expect(made.dueDate).toBe('2025-12-31');
    expect((await create(app, { name: 'Open' })).dueDate).toBeNull();
    for (const dueDate of ['2025-02-30', '31.12.2025', 7])
      expect((await create(app, { name: 'x', dueDate })).error).toContain('dueDate');
    expect(await exportOf(app, made.id)).toBe(200);
  });

  it('E-81: v2.0.3 works on the schema of v2.2.0, because code goes back before data', async () => {
    const database = await world.freshDatabase('2.1.0', '2.2.0');
    const app = await world.start({ database });
    const made = await create(app, { name: 'Old code', dueDate: '2025-12-31' });
    expect(made).not.toHaveProperty('dueDate');
    expect(await exportOf(app, made.id)).toBe(200);
    const body = JSON.stringify({ id: 'evt_1', type: 'payment_intent.succeeded', data: { object: {} } });
    for (let n = 0; n < 2; n += 1)
      expect((await send(app, 'POST /api/payments/webhook', { body, headers: signed(body) })).status).toBe(
        200,
      );
    expect(await world.number(database, "select attempts from webhook_events where id = 'evt_1'")).toBe(1);
  });

  it('v2.2.0 counts how often a delivery came, and still carries it out once', async () => {
    const database = await world.freshDatabase('2.1.0', '2.2.0');
    const app = await world.start({ database, version: '2.2.0' });
    const object = { customer: 'cus_sandbox_smoke', amount: 500, currency: 'usd' };
    const body = JSON.stringify({ id: 'evt_2', type: 'payment_intent.succeeded', data: { object } });
    for (let n = 0; n < 3; n += 1)
      await send(app, 'POST /api/payments/webhook', { body, headers: signed(body) });
    expect(await world.number(database, "select attempts from webhook_events where id = 'evt_2'")).toBe(3);
    expect(await world.number(database, "select count(*) from payments where event_id = 'evt_2'")).toBe(1);
  });

  it('can say a wrong version, fail a share of a route, or refuse to start', async () => {
    const database = await world.freshDatabase();
    const faults = [
      { route: 'GET /health', share: 0.25, status: 502, afterRequests: 0, growsOverRequests: 0 },
    ];
    const app = await world.start({ database, behaviour: { reportVersion: '9.9.9', faults } });
    const answers = [];
    for (let n = 0; n < 8; n += 1) answers.push(await send(app, 'GET /health'));
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 502, 200, 200, 200, 502]);
    expect(answers[0]?.json.version).toBe('9.9.9');
    expect(answers[3]?.headers.get('x-app-version')).toBe('9.9.9');
    await expect(world.start({ database, behaviour: { refuseStart: true } })).rejects.toThrow('cannot start');
  });

  it('lives on when the database cuts its sessions, and says so while it is away', async () => {
    const database = await world.freshDatabase();
    const app = await world.start({ database });
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'rur2/%' and datname = '${database}'`;
    await world.cluster.query('postgres', `alter database ${database} with allow_connections false`);
    await world.cluster.query('postgres', cut);
    const away = await send(app, 'GET /api/health');
    expect([away.status, away.json.status, away.json.database]).toEqual([503, 'degraded', 'disconnected']);
    expect((await send(app, 'GET /health')).status).toBe(200);
    expect((await send(app, 'POST /api/auth/login', { json: { email: 'a', password: 'b' } })).status).toBe(
      500,
    );
    expect(world.log.at(-1)).toBe('POST /api/auth/login failed: 55000');
    await world.cluster.query('postgres', `alter database ${database} with allow_connections true`);
    expect((await send(app, 'GET /api/health')).json.database).toBe('connected');
    expect(await exportOf(app, (await create(app, { name: 'After' })).id)).toBe(200);
  });
});
