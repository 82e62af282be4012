import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkText, makeFolder } from '../../support/own-checks-folder.ts';
import { type Running, startBin } from '../../support/run-bin.ts';

const CHUNK = Buffer.alloc(1 << 20, 'x');
const CHUNKS = 1024;

/** Sends a gigabyte as fast as it is taken; remembers how much went out. */
function openServer() {
  const sent = { bytes: 0 };
  const server = createServer(async (request, response) => {
    if (request.url === '/silent') return;
    if (request.url !== '/huge') return void response.end('{"status":"ok","version":"1.0.0"}');
    const gone = new AbortController();
    response.on('error', () => undefined).on('close', () => gone.abort());
    for (let i = 0; i < CHUNKS && !response.destroyed; i += 1) {
      sent.bytes += CHUNK.length;
      // A reader that has gone never drains it.
      if (!response.write(CHUNK))
        await once(response, 'drain', { signal: gone.signal }).catch(() => undefined);
    }
    response.end();
  });
  return { server, sent };
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

const configFor = (port: number): string => `service: shop
product: Shop
timezone: America/New_York
defaultEnv: production
environments:
  production:
    url: http://127.0.0.1:${port}
`;

const overWeb = (id: string, path: string, more = ''): string =>
  checkText(id, 'PROBE', more)
    .replace('needs: []', "needs: ['web']")
    .replace('probe: async () => {', 'probe: async ({ web }, { env }) => {')
    .replace('PROBE', `return (await web.request(env, { method: 'GET', path: '${path}' })).bytes.length;`);

const FILES: Readonly<Record<string, string>> = {
  'checks/hangs.check.ts': checkText('bad.hangs', 'await new Promise(() => {});', 'timeoutMs: 700,'),
  'checks/silent.check.ts': overWeb('bad.silent', '/silent', 'timeoutMs: 700,'),
  'checks/throws.check.ts': checkText('bad.throws', "throw new Error('thrown');"),
  'checks/timer.check.ts': checkText(
    'bad.timer',
    "setTimeout(() => { throw new Error('late'); }, 5);\n    await new Promise((resolve) => setTimeout(resolve, 60_000));",
  ),
  'checks/forgets.check.ts': checkText(
    'bad.forgets',
    "void Promise.reject(new Error('forgotten'));\n    return 1;",
  ),
  'checks/floods.check.ts': checkText(
    'bad.floods',
    "const line = 'y'.repeat(9999);\n    for (let i = 0; i < 20_000; i += 1) { console.log(line); console.error(line); }",
  ),
  'checks/huge.check.ts': overWeb('bad.huge', '/huge'),
  'checks/says.check.ts': checkText('bad.says').replace(
    "said: 'seen'",
    "said: 'z'.repeat(50_000_000), evidence: Array(500_000).fill('evidence')",
  ),
  'checks/blocks.check.ts': checkText(
    'bad.blocks',
    'const until = Date.now() + 300;\n    while (Date.now() < until);\n    return 1;',
  ),
  'checks/loops.check.ts': checkText('bad.loops', 'for (;;);', 'timeoutMs: 300,'),
  'checks/judges.check.ts': checkText('bad.judges', 'return 1;', 'timeoutMs: 300,').replace(
    "judge: () => ({ outcome: 'pass', said: 'seen' })",
    'judge: () => { for (;;); }',
  ),
  'checks/absent.check.ts': checkText(
    'bad.absent',
    'return 1;',
    'timeoutMs: 300, absent: () => { for (;;); },',
  ),
  'checks/fine.check.ts': overWeb('good.one', '/health'),
};

/** Peak of the program's memory, in MiB, as far as it was seen while it ran. */
async function watchMemory({ pid, ended }: Running): Promise<number> {
  let peak = 0;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    try {
      peak = Math.max(
        peak,
        Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })),
      );
    } catch {
      // It has just ended.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return peak / 1024;
}

const opened = openServer();
let folder: ReturnType<typeof makeFolder>;
beforeAll(async () => {
  const port = await listen(opened.server);
  folder = makeFolder({ ...FILES, 'runbook.config.yaml': configFor(port) });
});
afterAll(() => {
  opened.server.closeAllConnections();
  opened.server.close();
  folder.remove();
});

describe('a check that misbehaves', () => {
  it('T22: affects only itself: hanging, throwing, flooding, a gigabyte, an endless loop', async () => {
    const running = startBin(['preflight', '--json'], { cwd: folder.root });
    const [ended, peak] = await Promise.all([running.ended, watchMemory(running)]);
    const answer = JSON.parse(ended.stdout);
    const checks: { check: string; outcome: string; said: string; evidence?: unknown }[] =
      answer.result.checks;
    const said = Object.fromEntries(
      checks.map(({ check, outcome, said: text }) => [check, `${outcome}: ${text}`]),
    );
    expect(said).toMatchObject({
      'bad.hangs': 'unknown: no answer within 700 ms',
      'bad.silent': 'unknown: no answer within 700 ms',
      'bad.throws': 'unknown: checks/throws.check.ts:11:11 broke in probe: thrown',
      'bad.timer': expect.stringMatching(/^unknown: checks\/timer\.check\.ts:11:\d+ broke in probe: late$/),
      'bad.forgets': expect.stringMatching(
        /^unknown: checks\/forgets\.check\.ts:11:\d+ broke in probe: forgotten$/,
      ),
      'bad.floods': 'pass: seen',
      'bad.huge': expect.stringMatching(/^unknown: .*20 MB/),
      'bad.says': expect.stringMatching(/^pass: z{2000}…$/),
      'bad.blocks': 'pass: seen',
      'bad.loops': expect.stringMatching(
        /^unknown: checks\/loops\.check\.ts\S* broke in probe: it kept the program to itself for 300 ms$/,
      ),
      'bad.judges': expect.stringMatching(
        /^unknown: checks\/judges\.check\.ts\S* broke in judge: it kept the program to itself for 300 ms$/,
      ),
      'bad.absent': 'pass: seen',
      'good.one': 'pass: seen',
      'app.dns': expect.stringMatching(/^pass: /),
    });
    expect(checks.find(({ check }) => check === 'bad.says')?.evidence).toEqual({
      leftOut: 'larger than 64 KiB',
    });
    expect(ended.code).toBe(3);
    expect(ended.stdout.length).toBeLessThan(100_000);
    expect(ended.stderr.length).toBeLessThan(20_000);
    expect(ended.stderr).toContain('checks/floods.check.ts wrote 400000000 bytes to the terminal');
    expect(opened.sent.bytes).toBeLessThan(200 * CHUNK.length);
    expect(peak).toBeLessThan(600);
  });

  it('does not run where nothing is asked', async () => {
    const outcome: string[] = [];
    folder.write(
      'checks/marks.check.ts',
      "await import('node:fs').then((fs) => fs.writeFileSync('ran', ''));\nexport default 1;\n",
    );
    for (const words of [
      ['--help'],
      ['preflight', '--help'],
      ['config', 'check'],
      ['config', 'print'],
      ['status'],
    ]) {
      const { stderr, stdout } = await startBin(words, { cwd: folder.root }).ended;
      outcome.push(stdout + stderr);
    }
    const ran = () => execFileSync('ls', { cwd: folder.root, encoding: 'utf8' }).split('\n').includes('ran');
    expect(ran()).toBe(false);
    await startBin(['preflight', '--list'], { cwd: folder.root }).ended;
    expect(ran()).toBe(true);
  });

  it('does not change what a NO-GO ends with, whatever its file does when the program ends', async () => {
    const ends: readonly string[] = [
      "process.on('exit', () => { process.exitCode = 0; });",
      "process.on('exit', () => process.exit(0));",
    ];
    const refuses = checkText('bad.refuses').replace("'pass', said", "'fail', said");
    for (const end of ends) {
      const own = makeFolder({ 'runbook.config.yaml': configFor(1), 'checks/ends.check.ts': end + refuses });
      const { code, stderr } = await startBin(['preflight', '--only', 'bad.*'], { cwd: own.root }).ended;
      own.remove();
      expect(stderr).toContain('GATE preflight NO-GO');
      expect(code).toBe(3);
    }
  });
});
