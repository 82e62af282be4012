import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ReleaseError } from '../../src/domain/failure.ts';
import { withSession } from '../../src/sandbox/postgres/ask-server.ts';
import { startStandIn } from '../../src/sandbox/servers/router.ts';
import { type Ground, NEON_KEY, openNeon, startGround } from './neon-world.ts';

type World = Awaited<ReturnType<typeof openNeon>>;

const BRANCHES = /\/branches$/;
const ENV = 'production';

let ground: Ground;
let world: World;

/** A stand-in of its own for every test: what is stuck in one must not lock the next. */
async function enter(over: Parameters<typeof openNeon>[1] = {}): Promise<World> {
  world = await openNeon(ground, over);
  return world;
}

async function failureOf(work: Promise<unknown>): Promise<ReleaseError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ReleaseError) return error;
  throw new Error(`a ReleaseError was expected, got ${inspect(error)}`);
}

const postsTo = (path: RegExp): number =>
  world.server.calls.filter((call) => call.method === 'POST' && path.test(call.path)).length;

beforeAll(async () => {
  ground = await startGround();
  await ground.write('first');
});
afterEach(() => world.server.close());
afterAll(() => ground.close());

describe('Neon, when things go wrong', () => {
  it('names the operation that is in the way when Neon is busy (423)', async () => {
    const { neon, server, slept } = await enter();
    server.nextOperation('stuck');
    await failureOf(neon.createBackup(ENV, 'backup/stuck'));
    slept.length = 0;
    const error = await failureOf(neon.createBackup(ENV, 'backup/next'));
    expect(error).toMatchObject({ code: 'E_NEON_BUSY', text: { state: 'untouched' } });
    expect(error.text.why).toMatch(/^The operation create_branch of branch br-[a-z0-9-]+ is running;/);
    expect(slept).toEqual([1000, 2000, 4000, 5000]);
    expect(server.branches().map(({ name }) => name)).not.toContain('backup/next');
  });

  it('goes on by itself when Neon is busy for a moment only, and makes one branch', async () => {
    const { neon, server } = await enter();
    const locked = { status: 423, json: { code: '', message: 'project already has running operations' } };
    server.addFault({ method: 'POST', path: BRANCHES, times: 2, answer: locked });
    await neon.createBackup(ENV, 'backup/patient');
    expect(server.branches().filter(({ name }) => name === 'backup/patient')).toHaveLength(1);
  });

  it('waits for an operation that fails once and then finishes', async () => {
    const { neon, server } = await enter();
    server.nextOperation('fails-once');
    expect(await neon.createBackup(ENV, 'backup/second-try')).toMatchObject({ ready: true });
  });

  it('gives a stuck operation up at the deadline, and says which it is', async () => {
    const { neon, server, slept } = await enter({ deadlineSeconds: 30 });
    server.nextOperation('stuck');
    const error = await failureOf(neon.createBackup(ENV, 'backup/never'));
    expect(error).toMatchObject({ code: 'E_NEON_OPERATION', text: { state: 'partly-done' } });
    expect(error.text.what).toContain('create_branch is running');
    const waited = slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(30_000);
    expect(waited).toBeLessThanOrEqual(35_000);
  });

  it('gives a failed operation until the deadline, and a cancelled one no time at all', async () => {
    const { neon, server, slept } = await enter({ deadlineSeconds: 20 });
    server.nextOperation('fails');
    const failed = await failureOf(neon.createBackup(ENV, 'backup/failed'));
    expect(failed.code).toBe('E_NEON_OPERATION');
    expect(failed.text.why).toContain('(failures: 1). internal error (scripted)');
    slept.length = 0;
    server.nextOperation('cancelled');
    const cancelled = await failureOf(neon.createBackup(ENV, 'backup/cancelled'));
    expect(cancelled.text.why).toBe('Somebody cancelled it.');
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5000);
  });

  it('F61: names the branch that is left behind when its making failed, and makes no second one afterwards', async () => {
    const { neon, server } = await enter({ deadlineSeconds: 20 });
    server.nextOperation('cancelled');
    const error = await failureOf(neon.createBackup(ENV, 'backup/half'));
    expect([error.code, error.text.state]).toEqual(['E_NEON_OPERATION', 'partly-done']);
    expect(error.text.what).toContain('backup/half');
    const again = await failureOf(neon.createBackup(ENV, 'backup/half'));
    expect(again.text.what).toContain('backup/half');
    expect(server.branches().filter(({ name }) => name === 'backup/half')).toHaveLength(1);
  });

  it('F53: waits as long as Retry-After says after 429, and repeats 503 of a change too', async () => {
    const { neon, server, slept } = await enter();
    const tooMany = {
      status: 429,
      headers: { 'retry-after': '3' },
      json: { code: '', message: 'slow down' },
    };
    server.addFault({ method: 'GET', path: BRANCHES, times: 1, answer: tooMany });
    server.addFault({ method: 'POST', path: BRANCHES, times: 1, answer: { status: 503, text: 'down' } });
    await neon.createBackup(ENV, 'backup/limited');
    expect(slept.slice(0, 2)).toEqual([3000, 1000]);
    expect(postsTo(BRANCHES)).toBe(2);
  });

  it("F54: repeats a question after a gateway's page, and never sends a change again", async () => {
    const { neon, server } = await enter();
    const page = { status: 502, text: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } };
    server.addFault({ method: 'GET', path: BRANCHES, times: 1, answer: page });
    expect(await neon.children(ENV)).toEqual([]);
    server.addFault({ method: 'POST', path: BRANCHES, times: 1, answer: page });
    const error = await failureOf(neon.createBackup(ENV, 'backup/gateway'));
    expect(error).toMatchObject({ code: 'E_NEON_UNREACHABLE', text: { state: 'unclear' } });
    expect(error.text.what).toBe('Neon refused to create the branch backup/gateway (HTTP 502).');
    expect(postsTo(BRANCHES)).toBe(1);
  });

  it('F55: calls a good status with a page of somebody else no answer of Neon', async () => {
    const { neon, server } = await enter();
    const page = { status: 200, text: '<html>Please log in</html>' };
    server.addFault({ path: BRANCHES, times: 3, answer: page });
    const error = await failureOf(neon.findBackup(ENV, 'x'));
    expect(error).toMatchObject({ code: 'E_NEON_UNREACHABLE', text: { state: 'untouched' } });
    expect(error.text.what).toContain('is not Neon');
  });

  it('F56: tells silence as unclear and a refused connection as untouched', async () => {
    const { neon, server } = await enter({ timeoutSeconds: 1 });
    server.addFault({ method: 'POST', path: BRANCHES, times: 1, answer: 'hang' });
    const silent = await failureOf(neon.createBackup(ENV, 'backup/silent'));
    expect(silent).toMatchObject({ code: 'E_NEON_UNREACHABLE', text: { state: 'unclear' } });
    expect(silent.text.what).toContain('no answer in time');
    await server.close();
    const gone = await failureOf(neon.createBackup(ENV, 'backup/gone'));
    expect(gone).toMatchObject({ code: 'E_NEON_UNREACHABLE', text: { state: 'untouched' } });
    expect(gone.text.what).toContain('ECONNREFUSED');
  });

  it('F57: reads no answer that is larger than any of Neon', async () => {
    const { neon, server } = await enter();
    const huge = { status: 200, json: { branches: [], padding: 'x'.repeat(9_000_000) } };
    server.addFault({ path: BRANCHES, times: 3, answer: huge });
    expect((await failureOf(neon.findBackup(ENV, 'x'))).code).toBe('E_NEON_UNREACHABLE');
  });

  it('T25: carries the key to nobody that a redirect names', async () => {
    const { neon, server } = await enter();
    const stranger = await startStandIn([]);
    const away = { status: 307, headers: { location: `${stranger.url}/steal` }, text: '' };
    server.addFault({ path: BRANCHES, times: 9, answer: away });
    const errors = [
      await failureOf(neon.findBackup(ENV, 'x')),
      await failureOf(neon.createBackup(ENV, 'backup/away')),
    ];
    await stranger.close();
    expect(stranger.calls).toEqual([]);
    expect(errors.map(({ code }) => code)).toEqual(['E_NEON_UNREACHABLE', 'E_NEON_UNREACHABLE']);
  });

  const echo = { code: '', message: `who is ${NEON_KEY} in ${encodeURIComponent(NEON_KEY)}?` };
  it.each([
    ['E_NEON_KEY', { status: 401, json: echo }],
    ['E_NEON_KEY', { status: 403, json: echo }],
    ['E_NEON_REFUSED', { status: 400, json: echo }],
    ['E_NEON_UNREACHABLE', { status: 500, json: echo }],
    ['E_NEON_BUSY', { status: 423, json: echo }],
    ['E_NEON_UNREACHABLE', { status: 200, json: echo }],
    ['E_NEON_UNREACHABLE', 'drop'],
    ['E_NEON_UNREACHABLE', 'hang'],
  ] as const)('T05: shows the key in no failure: %s after %o', async (code, answer) => {
    const { neon, server } = await enter(answer === 'hang' ? { timeoutSeconds: 0.3 } : {});
    server.addFault({ path: BRANCHES, times: 9, answer });
    const error = await failureOf(neon.findBackup(ENV, 'x'));
    expect(error.code).toBe(code);
    const shown = inspect([error, error.cause], { depth: 12, showHidden: true });
    expect(shown + JSON.stringify([error, error.text])).not.toMatch(/canary/);
  });

  it('says which secret holds a key that Neon refuses', async () => {
    const { neon } = await enter({ key: 'napi_canaryWrong0123456789' });
    const error = await failureOf(neon.retentionHours(ENV));
    expect(error).toMatchObject({ code: 'E_NEON_KEY', text: { state: 'untouched' } });
    expect(error.text.next).toContain('$NEON_KEY');
  });

  it('tells the redactor about the address of a backup and the password in it', async () => {
    const { neon, learned } = await enter();
    const { id } = await neon.createBackup(ENV, 'backup/secret');
    const address = await neon.withOpenBackup(ENV, id, async (url) => url);
    expect(learned).toEqual([address, new URL(address).password]);
  });

  it('closes a compute although the answer to the closing is lost', async () => {
    const { neon, server } = await enter();
    const { id } = await neon.createBackup(ENV, 'backup/closing');
    server.addFault({ method: 'DELETE', path: /endpoints/, times: 1, answer: 'drop', after: true });
    expect(await neon.withOpenBackup(ENV, id, async () => 'read')).toBe('read');
    server.addFault({ method: 'DELETE', path: /branches/, times: 1, answer: 'drop', after: true });
    await neon.deleteBackup(ENV, id);
    expect(server.branches().map(({ name }) => name)).toEqual(['production']);
  });

  it('closes a compute that a killed run left open', async () => {
    const { neon, server } = await enter();
    const { id } = await neon.createBackup(ENV, 'backup/left-open');
    server.addFault({ method: 'POST', path: /endpoints$/, times: 1, answer: 'drop', after: true });
    expect(await neon.withOpenBackup(ENV, id, async () => 'read')).toBe('read');
    expect(server.branches().find(({ name }) => name === 'backup/left-open')?.hasCompute).toBe(false);
  });

  it('passes on why Neon does not allow to restore a branch', async () => {
    const restricted = [{ name: 'restore', reason: 'it is being moved' }];
    const { neon, server } = await enter({
      branches: [{ name: ENV, cluster: ground.cluster, restricted }],
    });
    const error = await failureOf(neon.restore(ENV, { lsn: await ground.position() }, 'kept'));
    expect(error).toMatchObject({ code: 'E_RESTORE_REFUSED', text: { state: 'untouched' } });
    expect(error.text.what).toContain('it is being moved');
    expect(server.restores()).toEqual([]);
  });

  it('E-45: refuses a position before the history and one that the log has not reached', async () => {
    const { neon, server } = await enter();
    for (const lsn of ['0/10', 'FFFF/0']) {
      const error = await failureOf(neon.restore(ENV, { lsn }, 'kept'));
      expect(error).toMatchObject({ code: 'E_NEON_REFUSED', text: { state: 'untouched' } });
      expect(error.text.why).toContain(lsn);
    }
    expect(server.branches().map(({ name }) => name)).toEqual([ENV]);
  });

  it('E-46, E-48: cuts open sessions during a restore, and the address stays what it was', async () => {
    const { neon } = await enter();
    const before = ground.cluster.url('rur2');
    const [lsn, at] = [await ground.position(), new Date().toISOString()];
    await ground.write('second');
    const cut = withSession(before, async (client) => {
      const ended = new Promise((resolve) => client.once('error', resolve));
      await client.query('select 1');
      await neon.restore(ENV, { lsn }, 'kept');
      return ended;
    });
    expect(await cut).toMatchObject({ code: '57P01' });
    expect(ground.cluster.url('rur2')).toBe(before);
    expect(await ground.read()).toEqual(['first']);
    expect((await failureOf(neon.restore(ENV, { at }, 'kept-2'))).text.state).toBe('untouched');
  });

  it.each([
    ['a gateway calls Neon away once', 1],
    ['it is called away as often as it is asked', 9],
  ])(
    'F54: a restore that was accepted happens once and is waited for, although %s (503)',
    async (_, times) => {
      const { neon, server } = await enter();
      const lsn = await ground.position();
      await ground.write('since');
      const away = { status: 503, text: 'down' };
      server.addFault({ method: 'POST', path: /\/restore$/, times, answer: away, after: true });
      await neon.restore(ENV, { lsn }, 'kept-503');
      expect(server.restores()).toMatchObject([{ keptAs: 'kept-503' }]);
      expect(await ground.read()).not.toContain('since');
    },
  );

  it('F54: a backup that was made is found, although a gateway calls Neon away (503)', async () => {
    const { neon, server } = await enter();
    server.addFault({
      method: 'POST',
      path: BRANCHES,
      times: 1,
      answer: { status: 503, text: '' },
      after: true,
    });
    expect(await neon.createBackup(ENV, 'backup/503')).toMatchObject({ name: 'backup/503', ready: true });
    expect(server.branches().filter(({ name }) => name === 'backup/503')).toHaveLength(1);
  });

  it('goes back to a moment as well as to a position', async () => {
    const { neon } = await enter();
    await ground.write('third');
    const [row] = await ground.cluster.query('rur2', 'select clock_timestamp()::text as at');
    await ground.write('fourth');
    await neon.restore(ENV, { at: new Date(String(row?.at)).toISOString() }, 'kept-3');
    expect(await ground.read()).toEqual(['first', 'third']);
  });

  const trial = (signal = new AbortController().signal) => ({
    name: 'rehearsal/v2.1.0',
    role: '',
    expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
    signal,
  });
  const namesOf = ({ server }: World): readonly string[] => server.branches().map(({ name }) => name);

  it('MIG-04: makes a trial branch without an end where Neon does not know one', async () => {
    const { neon, server } = await enter();
    const refused = { status: 400, json: { code: '', message: 'expires_at is not available' } };
    server.addFault({ method: 'POST', path: BRANCHES, times: 1, answer: refused });
    const ends = await neon.withTrialBranch(ENV, trial(), async () =>
      server.branches().map(({ expiresAt }) => expiresAt),
    );
    expect(ends).toEqual([undefined, undefined]);
  });

  it('MIG-04: deletes a trial branch whose compute does not start', async () => {
    const { neon, server } = await enter();
    server.addFault({
      method: 'POST',
      path: /\/endpoints$/,
      times: 1,
      answer: { status: 400, json: { message: 'no' } },
    });
    expect((await failureOf(neon.withTrialBranch(ENV, trial(), async () => 1))).code).toBe('E_NEON_REFUSED');
    expect(namesOf(world)).toEqual(['production']);
  });

  it('MIG-04: deletes a trial branch when somebody stops while it is made', async () => {
    const { neon, server } = await enter();
    const stop = new AbortController();
    server.addFault({ method: 'GET', path: /\/endpoints$/, times: 1, answer: { status: 503, text: '' } });
    const work = neon.withTrialBranch(ENV, trial(stop.signal), async () => 1);
    const waiting = expect(work).rejects.toThrow('stopped');
    while (!namesOf(world).includes('rehearsal/v2.1.0')) await neon.retentionHours(ENV);
    stop.abort(new Error('stopped'));
    await waiting;
    expect(namesOf(world)).toEqual(['production']);
  });

  it.each([
    ['another compute', 'postgres://u:p@ep-production-1.eu-central-1.aws.neon.tech/rur2'],
    ['its pooler', 'postgres://u:p@ep-production-1-pooler.eu-central-1.aws.neon.tech/rur2'],
    ['another database', 'postgres://u:p@127.0.0.1:1/postgres'],
  ])('E-43: tries nothing out at an address of %s, and deletes the branch', async (_, uri) => {
    const { neon, server } = await enter();
    const addresses: string[] = [];
    const use = async (url: string) => addresses.push(url);
    server.addFault({
      method: 'GET',
      path: /\/connection_uri$/,
      times: 1,
      answer: { status: 200, json: { uri } },
    });
    const error = await failureOf(neon.withTrialBranch(ENV, trial(), use));
    expect(error.code).toBe('E_NEON_BRANCH');
    expect(error.text.what).not.toContain('u:p@');
    expect(addresses).toEqual([]);
    expect(namesOf(world)).toEqual(['production']);
  });

  it('E-43: proves no backup at the address of another compute', async () => {
    const { neon, server } = await enter();
    const { id } = await neon.createBackup(ENV, 'backup/elsewhere');
    const uri = 'postgres://u:p@ep-production-1.eu-central-1.aws.neon.tech/rur2';
    server.addFault({
      method: 'GET',
      path: /\/connection_uri$/,
      times: 1,
      answer: { status: 200, json: { uri } },
    });
    expect((await failureOf(neon.withOpenBackup(ENV, id, async () => 1))).code).toBe('E_NEON_BRANCH');
  });

  it('MIG-04: says so when a trial branch cannot be deleted', async () => {
    const { neon, server } = await enter();
    server.addFault({
      method: 'DELETE',
      path: /branches/,
      times: 9,
      answer: { status: 422, json: { message: 'kept' } },
    });
    const error = await failureOf(neon.withTrialBranch(ENV, trial(), async () => 1));
    expect(error.text.what).toMatch(/rehearsal\/v2\.1\.0/);
  });
});
