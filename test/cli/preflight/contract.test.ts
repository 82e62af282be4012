import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBin, startBin } from '../../support/run-bin.ts';
import { runHere } from '../../support/run-here.ts';

let folder: string;
let silent: Server;
let port: number;
/** Every vendor at once: no key is good. */
let refusing: HttpServer;
let refusal: string;
const portOf = (server: Server | HttpServer): number => (server.address() as { port: number }).port;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-contract-'));
  silent = createServer(() => undefined);
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  port = portOf(silent);
  refusing = createHttpServer((_, answer) => {
    answer.writeHead(401, { 'content-type': 'application/json' });
    answer.end('{"error":{"type":"invalid_request_error","message":"Invalid API Key provided"}}');
  });
  await new Promise<void>((done) => refusing.listen(0, '127.0.0.1', done));
  refusal = `http://127.0.0.1:${portOf(refusing)}`;
});
afterAll(() => {
  silent.close();
  refusing.close();
  rmSync(folder, { recursive: true, force: true });
});

// A zone in which it is the hour after noon now; the names of the zones count the other way round.
const ahead = 12 - new Date().getUTCHours();
const NOON = ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
const DAYS = '[Mon, Tue, Wed, Thu, Fri, Sat, Sun]';
// Later today, whatever the hour of whoever tests: one that opens tomorrow would be NO-GO.
const CLOSED = `{ days: ${DAYS}, from: "18:00", to: "18:01", lastStartBefore: 0 }`;
const OPEN = `{ days: ${DAYS}, from: "00:00", to: "23:59", lastStartBefore: 0 }`;

/** The smallest configuration: an application at an address, and a window. */
function write(name: string, { url = 'http://127.0.0.1:9', window = OPEN, more = '' } = {}): string {
  const file = join(folder, name);
  const head = `service: shop\nproduct: Shop\ntimezone: ${NOON}\nenvironments:\n  production:\n`;
  writeFileSync(
    file,
    `${head}    url: ${url}\n    host: { strategy: push }\n    ledger: { folder: ./ledger-${name} }\n${more}window: ${window}\n`,
  );
  return file;
}

const KEYS = {
  STRIPE_KEY: 'sk_live_51refusedcanary',
  NEON_KEY: 'napi_refusedcanary',
  GH_TOKEN: 'ghp_refusedcanary',
};

const preflight = (config: string, ...words: string[]) =>
  runHere(['preflight', '--config', config, '--json', ...words], { cwd: folder, env: KEYS });

/** Stripe, Neon and GitHub, none of which takes its key. */
const vendors = (): string =>
  [
    '    stripe: { mode: live, secretKey: $STRIPE_KEY }',
    '    neon: { project: p-1, branch: main, database: shop, role: owner }',
    'services:',
    `  stripe: { apiUrl: ${refusal} }`,
    `  neon: { apiUrl: ${refusal}, apiKey: $NEON_KEY }`,
    `  github: { apiUrl: ${refusal}, repository: acme/shop, token: $GH_TOKEN }`,
    'evidence: { issues: {} }',
    '',
  ].join('\n');

describe('the exit code of preflight', () => {
  it('is 0 for GO', async () => {
    const words = ['preflight', '--config', write('go.yaml'), '--json', '--only', 'people.window-open'];
    // A process once; the answers below are those of its parts.
    const { code, stdout } = await runBin(words, { cwd: folder, env: KEYS });
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, verdict: 'go', exitCode: 0 });
  });

  it('is 3 for NO-GO', async () => {
    const { code, stdout } = await preflight(write('no-go.yaml'), '--only', 'app.health,people.window-open');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 3, verdict: 'no-go', exitCode: 3 });
  });

  it('is 3 for HOLD', async () => {
    const config = write('hold.yaml', { window: CLOSED });
    const { code, stdout } = await preflight(config, '--only', 'people.window-open');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 3, verdict: 'hold', exitCode: 3 });
  });

  it('is 4 when a secret is missing, and 0 with --allow-skips, while the answer stays HOLD', async () => {
    const config = write('secret.yaml', { more: '    database: { url: $NOBODY_HAS_SET_THIS }\n' });
    const only = ['--only', 'database.connect,people.window-open'];
    const without = await preflight(config, ...only);
    expect({ code: without.code, ...JSON.parse(without.stdout) }).toMatchObject({
      code: 4,
      verdict: 'hold',
      exitCode: 4,
    });
    const allowed = await preflight(config, ...only, '--allow-skips');
    expect({ code: allowed.code, ...JSON.parse(allowed.stdout) }).toMatchObject({
      code: 0,
      verdict: 'hold',
      exitCode: 0,
    });
  });

  it.each([
    ['Stripe', 'payments.stripe-key', 'no-go', 3],
    ['Stripe in passing', 'payments.webhook-enabled', 'hold', 4],
    ['Neon', 'database.restore-window', 'hold', 4],
    ['GitHub', 'source.open-bugs', 'hold', 4],
  ])(
    'when %s refuses its key follows what the check says, also with --allow-skips',
    async (_, check, verdict, exit) => {
      const config = write('refused.yaml', { more: vendors() });
      const only = ['--only', `${check},people.window-open`];
      const { code, stdout, stderr } = await preflight(config, ...only, '--allow-skips');
      expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: exit, verdict, exitCode: exit });
      expect(stdout + stderr).not.toContain('refusedcanary');
    },
  );

  it('is 3 when a check failed, whatever a refused key kept another from saying', async () => {
    const config = write('both.yaml', { more: vendors() });
    const { code, stdout } = await preflight(config, '--only', 'app.health,database.restore-window');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 3, verdict: 'no-go', exitCode: 3 });
  });

  it('is 0 when a person waived the check whose key was refused', async () => {
    const config = write('waived.yaml', { more: vendors() });
    const waive = ['--waive', 'database.restore-window', '--reason', 'Neon is down for keys today'];
    const { code, stdout } = await preflight(
      config,
      '--only',
      'database.restore-window,people.window-open',
      ...waive,
    );
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, verdict: 'go', exitCode: 0 });
  });

  it.each([
    ['an unknown check', ['--only', 'databse.*']],
    ['a waiver without a reason', ['--waive', 'app.health']],
    ['a file of a kind that is not written', ['--out', 'x.exe']],
    ['a date that has passed', ['--waive', 'app.health', '--reason', 'r', '--until', '2020-01-01']],
    ['a duration that is none', ['--max-age', 'soon']],
  ])('is 2 for %s', async (_, words) => {
    const { code, stdout } = await preflight(write('usage.yaml'), ...words);
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 2, verdict: null, exitCode: 2 });
  });

  it('is 130 after Ctrl-C, and the answer is no GO', async () => {
    const config = write('slow.yaml', { url: `http://127.0.0.1:${port}` });
    const words = ['preflight', '--config', config, '--json', '--only', 'app.health'];
    const running = startBin(words, { cwd: folder });
    await running.said(/GATE preflight start/);
    running.kill('SIGINT');
    running.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 130,
      verdict: expect.stringMatching(/^(hold|stopped)$/),
    });
  });
});

describe('--out', () => {
  it('writes every kind that its ending says, into folders that it makes', async () => {
    const outs = ['a/x.xml', 'x.sarif', 'x.tap', 'x.md', 'x.json'];
    const { code } = await preflight(
      write('out.yaml'),
      '--only',
      'app.health',
      ...outs.flatMap((file) => ['--out', file]),
    );
    expect(code).toBe(3);
    const read = (file: string) => readFileSync(join(folder, file), 'utf8');
    expect(read('a/x.xml')).toContain('<failure message=');
    expect(JSON.parse(read('x.sarif'))).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] });
    expect(read('x.tap')).toContain('not ok 1 - app.health');
    expect(read('x.md')).toContain('| ✖ fail | app.health |');
    expect(JSON.parse(read('x.json'))).toMatchObject({ exitCode: 3 });
  });

  it('that cannot be written is told, turns a GO into 1, leaves nothing half, and no other answer changed', async () => {
    mkdirSync(join(folder, 'taken.xml'), { recursive: true });
    const outs = ['--out', 'taken.xml', '--out', 'fine.json'];
    const go = await preflight(write('go2.yaml'), '--only', 'people.window-open', ...outs);
    expect(go.code).toBe(1);
    expect(JSON.parse(go.stdout)).toMatchObject({ verdict: 'go', exitCode: 1 });
    expect(go.stderr).toContain('error  --out taken.xml was not written');
    expect(JSON.parse(readFileSync(join(folder, 'fine.json'), 'utf8'))).toMatchObject({ verdict: 'go' });
    const hold = await preflight(write('hold2.yaml'), '--only', 'app.health', ...outs);
    expect(hold.code).toBe(3);
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});
