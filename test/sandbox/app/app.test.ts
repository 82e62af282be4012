import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/sandbox/app/access/password.ts';
import { makeToken } from '../../../src/sandbox/app/access/token.ts';
import type { RunningApp } from '../../../src/sandbox/app/start-app.ts';
import { ADMIN, AppWorld, BYPASS, logIn, OPERATOR, SMOKE, send, signed } from './app-world.ts';

let world: AppWorld;
let database: string;
let app: RunningApp;
let token: string;

beforeAll(async () => {
  world = await AppWorld.open();
  database = await world.freshDatabase();
  app = await world.start({ database });
  token = await logIn(app);
});
afterAll(() => world.close());

const create = async (json: unknown = { name: 'Night shift' }) =>
  (await send(app, 'POST /api/assessments', { token, json })).json;

/** Asks until the answer is no 202; the worker has its own pace. */
async function download(id: number, of = app) {
  for (;;) {
    const sent = await send(of, `GET /api/exports/${id}/download`, { token });
    if (sent.status !== 202) return sent;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const maintain = (enabled: boolean, of = app) =>
  send(of, 'POST /api/admin/maintenance', { token: OPERATOR, json: { enabled } });

describe('health', () => {
  it('SMK-01F: says version, commit, environment and whether maintenance mode is on', async () => {
    const { status, json } = await send(app, 'GET /health');
    expect(status).toBe(200);
    expect(json).toEqual({
      status: 'ok',
      version: '2.0.3',
      commit: 'c0ffee',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      environment: 'production',
      maintenance: false,
    });
  });

  it('PAR-14, E-63: tells dependencies and names of variables to operators alone', async () => {
    const open = (await send(app, 'GET /api/health')).json;
    const full = (await send(app, 'GET /api/health', { token: OPERATOR })).json;
    expect(open).toEqual({
      status: 'healthy',
      version: '2.0.3',
      database: 'connected',
      stripe: 'configured',
    });
    expect(full).toMatchObject({
      commit: 'c0ffee',
      node: process.version,
      dependencies: { express: '4.21.2', 'pg-types': '2.2.0' },
      envKeys: ['DATABASE_URL', 'JWT_SECRET'],
      settings: { logLevel: 'info', rateLimits: { perMinute: 600 } },
    });
    expect(Object.keys((await send(app, 'GET /api/health', { token: ADMIN })).json)).toHaveLength(4);
  });

  it('SMK-10F: shows the pool to admins, and to nobody else', async () => {
    const { status, json } = await send(app, 'GET /api/health/db', { token: ADMIN });
    expect([status, json.connected, json.pool_size]).toEqual([200, true, 10]);
    expect(json.latency_ms).toBeGreaterThan(0);
    expect((await send(app, 'GET /api/health/db', { token })).status).toBe(401);
    expect((await send(app, 'GET /api/health/db')).status).toBe(401);
  });

  it('carries version and route pattern on every answer, unknown paths under one word', async () => {
    const marks = async (what: string) => {
      const { headers } = await send(app, what, { token });
      return [headers.get('x-app-version'), headers.get('x-app-route')];
    };
    expect(await marks('GET /api/assessments/12345')).toEqual(['2.0.3', 'GET /api/assessments/:id']);
    expect(await marks('GET /wp-admin/setup.php')).toEqual(['2.0.3', 'unknown']);
    expect(await marks('PUT /health')).toEqual(['2.0.3', 'unknown']);
  });

  it('says SANDBOX on its page', async () => {
    expect((await send(app, 'GET /')).bytes.toString()).toContain('SANDBOX');
  });
});

describe('users', () => {
  it('SMK-03F: gives token and user for the right password alone, in the same words for every wrong one', async () => {
    const right = await send(app, 'POST /api/auth/login', { json: SMOKE });
    expect(right.json).toMatchObject({ token: expect.any(String), user: { email: SMOKE.email } });
    expect(JSON.stringify(right.json)).not.toContain('scrypt');
    const wrong = await send(app, 'POST /api/auth/login', { json: { ...SMOKE, password: 'x' } });
    const nobody = await send(app, 'POST /api/auth/login', {
      json: { email: 'no@x.example', password: 'x' },
    });
    const keyless = await send(app, 'POST /api/auth/login', {
      json: { email: 'user1@rur2.example', password: 'x' },
    });
    expect([wrong.status, nobody.status, keyless.status]).toEqual([401, 401, 401]);
    expect([nobody.json, keyless.json]).toEqual([wrong.json, wrong.json]);
  });

  it('SMK-04F: knows the user of a token, and no token that was changed, borrowed or is old', async () => {
    const me = (await send(app, 'GET /api/auth/me', { token })).json;
    expect(me).toMatchObject({ id: expect.any(Number), email: SMOKE.email, facilityId: 1 });
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const forged = [
      `${header}.${Buffer.from('{"sub":1,"exp":9999999999}').toString('base64url')}.${signature}`,
      `${none}.${payload}.`,
      makeToken(me.id, 'another secret', new Date()),
      makeToken(me.id, 'jwt-secret', new Date(Date.now() - 13 * 3600 * 1000)),
      makeToken(999_999, 'jwt-secret', new Date()),
      OPERATOR,
    ];
    for (const one of forged) expect((await send(app, 'GET /api/auth/me', { token: one })).status).toBe(401);
  });
});

describe('assessments', () => {
  it('SMK-06F, SMK-07F: makes a draft in the own facility, with questions', async () => {
    const made = await send(app, 'POST /api/assessments', { token, json: { name: 'Roof', facilityId: 1 } });
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ name: 'Roof', status: 'draft', facilityId: 1 });
    expect(made.json).not.toHaveProperty('dueDate');
    const { json } = await send(app, `GET /api/assessments/${made.json.id}`, { token });
    expect(json.questions.map((one: { position: number }) => one.position)).toEqual([1, 2, 3, 4, 5]);
    const list = (await send(app, 'GET /api/assessments', { token })).json;
    expect(list[0]).toMatchObject({ id: made.json.id, name: 'Roof' });
  });

  it('answers 404 for the facility and the rows of others', async () => {
    const { id } = await create();
    const exported = (await send(app, `POST /api/assessments/${id}/export`, { token })).json.exportId;
    await world.cluster.query(
      database,
      "insert into users (email, password_hash, facility_id) values ('other@rur2.example', $1, 2)",
      [await hashPassword('pw')],
    );
    const json = { email: 'other@rur2.example', password: 'pw' };
    const other = (await send(app, 'POST /api/auth/login', { json })).json.token;
    const asked = [
      `GET /api/assessments/${id}`,
      `DELETE /api/assessments/${id}`,
      `POST /api/assessments/${id}/export`,
      `GET /api/exports/${exported}/download`,
      `DELETE /api/exports/${exported}`,
    ];
    for (const what of asked)
      expect([what, (await send(app, what, { token: other })).status]).toEqual([what, 404]);
    const foreign = { name: 'x', facilityId: 2 };
    expect((await send(app, 'POST /api/assessments', { token, json: foreign })).status).toBe(404);
    expect((await send(app, `GET /api/assessments/${id}`, { token })).status).toBe(200);
  });

  it('SMK-12F, SMK-13F: makes an export in the background; its PDF holds the assessment', async () => {
    const { id } = await create({ name: 'Kitchen (north) \\ émile 漢' });
    const started = await send(app, `POST /api/assessments/${id}/export`, { token });
    expect([started.status, started.json.status]).toEqual([202, 'processing']);
    const { headers, bytes } = await download(started.json.exportId);
    const text = bytes.toString('latin1');
    expect(headers.get('content-type')).toBe('application/pdf');
    expect(text.startsWith('%PDF-1.4')).toBe(true);
    expect(text).toContain('(Kitchen \\(north\\) \\\\ émile ?) Tj');
    const table = Number(/startxref\n(\d+)/.exec(text)?.[1]);
    expect(text.slice(table, table + 4)).toBe('xref');
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]));
    expect(offsets.map((at) => text.slice(at, at + 7))).toEqual([1, 2, 3, 4, 5].map((n) => `${n} 0 obj`));
  });

  it('RBX-2.2: makes no export while jobs are paused, and goes on afterwards', async () => {
    const { id } = await create();
    expect((await send(app, 'POST /api/admin/jobs/pause', { token: OPERATOR })).json).toEqual({
      jobsPaused: true,
    });
    const { exportId } = (await send(app, `POST /api/assessments/${id}/export`, { token })).json;
    const pg = `select count(*) from exports where id = ${exportId} and status = 'processing'
      and created_at < now() - interval '200 milliseconds'`;
    while ((await world.number(database, pg)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await send(app, `GET /api/exports/${exportId}/download`, { token })).status).toBe(202);
    await send(app, 'POST /api/admin/jobs/resume', { token: OPERATOR });
    expect((await download(exportId)).status).toBe(200);
  });

  it('SMK-09F: opens a checkout session at Stripe, and hides what Stripe says when it refuses', async () => {
    const json = { priceId: 'price_example_free' };
    const { status, json: made } = await send(app, 'POST /api/payments/create-checkout', { token, json });
    expect([status, made]).toEqual([
      200,
      { sessionId: expect.stringMatching(/^cs_live_/), url: expect.any(String) },
    ]);
    const refusal = { status: 401, json: { error: { message: 'Invalid API Key: sk_live_sandbox' } } };
    world.stripe.addFault({ path: /sessions/, times: 1, answer: refusal });
    const refused = await send(app, 'POST /api/payments/create-checkout', { token, json });
    expect([refused.status, refused.json]).toEqual([502, { error: 'payment provider: HTTP 401' }]);
  });
});

describe('the webhook', () => {
  const user = "select id from users where email = 'user2@rur2.example'";
  const paid = async (id: string): Promise<string> =>
    JSON.stringify({
      id,
      object: 'event',
      type: 'checkout.session.completed',
      data: {
        object: {
          client_reference_id: String(await world.number(database, user)),
          customer: 'cus_new',
          amount_total: 2900,
          currency: 'usd',
        },
      },
    });
  const deliver = (body: string, headers: Record<string, string> = signed(body)) =>
    send(app, 'POST /api/payments/webhook', { body, headers });

  it('E-59: refuses what is unsigned, signed with another secret, changed or old', async () => {
    const body = await paid('evt_forged');
    const old = new Date(Date.now() - 301_000);
    const refused = [
      await deliver(body, {}),
      await deliver(body, signed(body, new Date(), 'whsec_other')),
      await deliver(body.replace('2900', '1'), signed(body)),
      await deliver(body, signed(body, old)),
      await deliver(body, { 'stripe-signature': 't=,v1=' }),
      await deliver(body, { 'stripe-signature': `t=1,${'v1=0,'.repeat(500)}` }),
    ];
    expect(refused.map((one) => one.status)).toEqual([400, 400, 400, 400, 400, 400]);
    expect(await world.number(database, "select count(*) from payments where event_id = 'evt_forged'")).toBe(
      0,
    );
  });

  it('carries an event out once, however often it comes, also at the same moment', async () => {
    const body = await paid('evt_paid');
    const answers = await Promise.all([1, 2, 3, 4].map(() => deliver(body)));
    answers.push(await deliver(body));
    expect(answers.map((one) => [one.status, one.json.received])).toEqual(Array(5).fill([200, true]));
    expect(await world.number(database, "select count(*) from payments where event_id = 'evt_paid'")).toBe(1);
    const active = `select count(*) from users where id = (${user}) and subscription_status = 'active' and stripe_customer_id = 'cus_new'`;
    expect(await world.number(database, active)).toBe(1);
  });

  it('E-74: takes an event nobody acts on, and leaves no row behind', async () => {
    const body = JSON.stringify({ id: 'evt_smoke_1', type: 'release.smoke', data: { object: {} } });
    expect((await deliver(body)).json).toEqual({ received: true });
    expect(await world.number(database, "select count(*) from webhook_events where id = 'evt_smoke_1'")).toBe(
      0,
    );
  });

  it('E-83: answers 503 in maintenance mode, so that Stripe delivers again', async () => {
    const body = await paid('evt_later');
    await maintain(true);
    expect((await deliver(body)).status).toBe(503);
    await maintain(false);
    expect((await deliver(body)).status).toBe(200);
  });
});

describe('maintenance mode', () => {
  it('DAY-17: answers 503 everywhere but health and admin, unless the bypass is right', async () => {
    expect((await maintain(true)).json).toEqual({ maintenance: true });
    const closed = await send(app, 'GET /api/assessments', { token });
    expect([closed.status, closed.json.maintenance, closed.headers.get('retry-after')]).toEqual([
      503,
      true,
      '120',
    ]);
    const status = async (what: string, headers = {}) => (await send(app, what, { token, headers })).status;
    expect(await status('GET /nowhere')).toBe(503);
    expect(await status('GET /api/health')).toBe(503);
    expect(await status('GET /api/assessments', { 'x-maintenance-bypass': 'wrong' })).toBe(503);
    expect(await status('GET /api/assessments', { 'x-maintenance-bypass': BYPASS })).toBe(200);
    expect((await send(app, 'GET /health')).json).toMatchObject({ status: 'ok', maintenance: true });
    expect((await maintain(false)).json).toEqual({ maintenance: false });
    expect(await status('GET /api/assessments')).toBe(200);
  });

  it('is switched by operators alone, with true or false alone', async () => {
    const by = (who: string | undefined, json: unknown) =>
      send(app, 'POST /api/admin/maintenance', { token: who, json });
    const answers = [
      await by(undefined, { enabled: true }),
      await by(token, { enabled: true }),
      await by(ADMIN, { enabled: true }),
      await by(OPERATOR, { enabled: 'yes' }),
    ];
    expect(answers.map((one) => one.status)).toEqual([401, 401, 401, 400]);
    expect((await send(app, 'GET /health')).json.maintenance).toBe(false);
  });

  it('holds for both builds that serve during a publish, and outlives them', async () => {
    const own = await world.freshDatabase();
    const settings = world.settings({ database: own });
    const first = await world.start({ database: own, settings: { flagsFile: settings.flagsFile } });
    await maintain(true, first);
    const second = await world.start({ database: own, settings: { flagsFile: settings.flagsFile } });
    expect((await send(second, 'GET /health')).json.maintenance).toBe(true);
    await maintain(false, second);
    expect((await send(first, 'GET /health')).json.maintenance).toBe(false);
  });
});
