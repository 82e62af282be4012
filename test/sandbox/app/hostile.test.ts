import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppSettings } from '../../../src/sandbox/app/settings.ts';
import type { RunningApp } from '../../../src/sandbox/app/start-app.ts';
import { AppWorld, logIn, send } from './app-world.ts';

let world: AppWorld;
let database: string;
let settings: AppSettings;
let app: RunningApp;
let token: string;
let id: number;
let question: number;

beforeAll(async () => {
  world = await AppWorld.open();
  database = await world.freshDatabase();
  settings = world.settings({ database });
  app = await world.start({ database, settings });
  token = await logIn(app);
  id = (await send(app, 'POST /api/assessments', { token, json: { name: 'Target' } })).json.id;
  question = (await send(app, `GET /api/assessments/${id}`, { token })).json.questions[0].id;
});
afterAll(() => world.close());

function upload(name: string, fields: Record<string, string> = {}, of = id) {
  const form = new FormData();
  for (const [key, text] of Object.entries(fields)) form.set(key, text);
  form.set('file', new Blob(['%PDF-1.4 evidence']), name);
  return send(app, `POST /api/assessments/${of}/evidence`, { token, body: form });
}

const raw = (body: string | Uint8Array, type: string) =>
  send(app, `POST /api/assessments/${id}/evidence`, { token, body, headers: { 'content-type': type } });

/** Writes bytes to the port and reads the first line that comes back. */
const write = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(app.port, '127.0.0.1', () => socket.write(text));
    socket.on('error', reject);
    socket.once('data', (part) => {
      socket.destroy();
      resolve(part.toString('latin1').split('\r\n')[0] ?? '');
    });
  });

describe('hostile input', () => {
  it('keeps SQL in a name as a name', async () => {
    const name = `'); drop table assessments; --`;
    const made = await send(app, 'POST /api/assessments', { token, json: { name } });
    expect(made.json.name).toBe(name);
    expect(await world.number(database, 'select count(*) from assessments')).toBeGreaterThan(2000);
  });

  it('refuses ids that are none, in paths and in bodies', async () => {
    for (const bad of ['0', '-1', '1;select', '99999999999', '%00', '..%2f..', '1.5', 'NaN'])
      expect([bad, (await send(app, `GET /api/assessments/${bad}`, { token })).status]).toEqual([bad, 404]);
    for (const facilityId of ['1', 1.5, -1, 2 ** 31, {}, [1], true]) {
      const { status } = await send(app, 'POST /api/assessments', { token, json: { name: 'x', facilityId } });
      expect([facilityId, status]).toEqual([facilityId, 400]);
    }
  });

  it('answers 400 for broken JSON, for JSON that is no object, and for texts it cannot keep', async () => {
    const status = async (body: string) => (await send(app, 'POST /api/assessments', { token, body })).status;
    for (const body of ['{"name":', '', 'null', '[]', '"x"', '{}', '{"name":7}', '{"name":" "}'])
      expect([body, await status(body)]).toEqual([body, 400]);
    expect(await status(JSON.stringify({ name: 'a\0b' }))).toBe(400);
    expect(await status(JSON.stringify({ name: 'x'.repeat(201) }))).toBe(400);
    expect(await status(`{"name":"x","__proto__":{"facilityId":2}}`)).toBe(201);
  });

  it('refuses a body that is too long with 413, with and without a length in front', async () => {
    const long = JSON.stringify({ name: 'x'.repeat(300 * 1024) });
    expect((await send(app, 'POST /api/assessments', { token, body: long })).status).toBe(413);
    expect((await raw(new Uint8Array(6 * 1024 * 1024), 'multipart/form-data; boundary=x')).status).toBe(413);
    const chunk = `${(300 * 1024).toString(16)}\r\n${'x'.repeat(300 * 1024)}\r\n`;
    const head = 'POST /api/auth/login HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(await write(head + chunk)).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it('survives requests that are none', async () => {
    expect(await write('GET //evil.example/%zz HTTP/1.1\r\nhost: x\r\n\r\n')).toBe('HTTP/1.1 404 Not Found');
    expect(await write('\x16\x03\x01 nonsense\r\n\r\n')).toBe('HTTP/1.1 400 Bad Request');
    expect((await send(app, 'GET /health')).status).toBe(200);
  });

  it('never lets a file name choose a path', async () => {
    const names = [
      '../../../etc/passwd',
      '..\\..\\boot.ini',
      '.env',
      '...',
      'a b"\r\nx: y.pdf',
      '\u202egpj.exe',
    ];
    for (const name of names) {
      const { status, json } = await upload(name, { questionId: String(question) });
      expect([name, status]).toEqual([name, 201]);
      expect(json.filename).toMatch(/^[A-Za-z0-9-][A-Za-z0-9._-]*$/);
      expect(json.url).toBe(`/api/assessments/${id}/evidence/${json.id}`);
      const back = await send(app, `GET ${json.url}`, { token });
      expect(back.bytes.toString()).toBe('%PDF-1.4 evidence');
      expect(back.headers.get('content-disposition')).toBe(`attachment; filename="${json.filename}"`);
    }
    const kept = readdirSync(settings.filesFolder, { recursive: true }).map(String);
    expect(kept.filter((path) => !/^\d+(\/\d+)?$/.test(path))).toEqual([]);
  });

  it('SMK-11F: takes evidence away with its file, and with its assessment', async () => {
    const made = (await send(app, 'POST /api/assessments', { token, json: { name: 'Short' } })).json.id;
    const [first, second] = [await upload('a.pdf', {}, made), await upload('b.pdf', {}, made)];
    expect((await send(app, `DELETE ${first.json.url}`, { token })).status).toBe(204);
    expect((await send(app, `DELETE ${first.json.url}`, { token })).status).toBe(404);
    expect(readdirSync(`${settings.filesFolder}/${made}`)).toEqual([String(second.json.id)]);
    expect((await send(app, `DELETE /api/assessments/${made}`, { token })).status).toBe(204);
    expect(readdirSync(settings.filesFolder)).not.toContain(String(made));
  });

  it('refuses evidence for a question of another assessment, and leaves nothing of it', async () => {
    const other = await world.number(database, `select min(id) from questions where assessment_id <> ${id}`);
    const before = readdirSync(settings.filesFolder, { recursive: true }).length;
    expect((await upload('x.pdf', { questionId: String(other) })).status).toBe(404);
    expect(readdirSync(settings.filesFolder, { recursive: true })).toHaveLength(before);
  });

  it('answers 400 for forms that are broken', async () => {
    const type = 'multipart/form-data; boundary=x';
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nhello\r\n';
    const broken = [
      ['', type],
      [part, type],
      ['--x--\r\n', type],
      [`--x\r\nno blank line\r\n--x--`, type],
      [`--x\r\ncontent-disposition: form-data\r\n\r\nhello\r\n--x--`, type],
      [`${'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n'.repeat(30)}--x--`, type],
      [`--x\r\n${'a: b\r\n'.repeat(2000)}\r\nhello\r\n--x--`, type],
      [`${part}--x--`, 'application/json'],
      [`${part}--x--`, 'multipart/form-data'],
      [`${part}--x--`, `multipart/form-data; boundary=${'y'.repeat(71)}`],
    ] as const;
    for (const [body, kind] of broken)
      expect([body.slice(0, 40), (await raw(body, kind)).status]).toEqual([body.slice(0, 40), 400]);
    expect((await raw(`${part}--x--\r\n`, type)).status).toBe(201);
  });

  it('is refused without one line in the log: nothing of it is a failure of the application', () => {
    expect(world.log).toEqual([]);
  });
});
