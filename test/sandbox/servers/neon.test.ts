import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BranchCluster } from '../../../src/sandbox/servers/neon/ground.ts';
import { type NeonStandIn, startNeon } from '../../../src/sandbox/servers/neon/start.ts';

const KEY = 'napi_sandbox';
const PROJECT = 'quiet-river-1';

/** Duties that need no data: the contract suite has the real server. */
const emptyCluster: BranchCluster = {
  url: (database, role = 'release') => `postgres://${role}:x@127.0.0.1:1/${database}`,
  query: async () => [{ lsn: '0/100' }],
  copyTo: async () => {},
  recoverTo: async () => {},
  swapIn: async () => {},
  stop: async () => {},
};

let server: NeonStandIn;
let time = 0;

beforeAll(async () => {
  server = await startNeon({
    project: PROJECT,
    apiKey: KEY,
    folder: '/nowhere',
    branches: [
      { name: 'production', cluster: emptyCluster },
      { name: 'staging', cluster: emptyCluster, parent: 'production' },
    ],
    elapsed: () => time,
    openCluster: async () => emptyCluster,
  });
});
afterAll(() => server.close());
beforeEach(() => {
  time += 60_000;
});

interface Body {
  readonly code?: string;
  readonly message?: string;
  readonly request_id?: string;
  readonly branch: { readonly id: string; readonly current_state: string; readonly pending_state?: string };
  readonly branches: readonly { readonly id: string; readonly name: string }[];
  readonly endpoint: { readonly current_state: string };
  readonly endpoints: readonly { readonly id: string; readonly current_state: string }[];
  readonly operations: readonly { readonly id: string; readonly status: string }[];
  readonly operation: { readonly status: string; readonly failures_count: number };
  readonly pagination?: { readonly next?: string };
}

async function call(method: string, path: string, json?: unknown, key = KEY) {
  const answer = await fetch(`${server.apiUrl}/projects/${PROJECT}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'x-request-id': 'asked-1' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : {}) as Body };
}

async function branchNamed(name: string): Promise<string> {
  const { body } = await call('GET', '/branches');
  return body.branches.find((one) => one.name === name)?.id ?? '';
}

const createBranch = (name: string, over: object = {}) =>
  call('POST', '/branches', { branch: { name }, ...over });

describe('the Neon of the sandbox', () => {
  it('refuses a wrong key and unknown things in the shape of Neon, with the id that was sent', async () => {
    const wrong = await call('GET', '', undefined, 'napi_other');
    expect([wrong.status, wrong.body]).toEqual([
      401,
      { code: '', message: 'authentication required', request_id: 'asked-1' },
    ]);
    expect(wrong.headers.get('x-request-id')).toBe('asked-1');
    const missing = [await call('GET', '/branches/br-none'), await call('GET', '/operations/none')];
    expect(missing.map(({ status, body }) => [status, body.message])).toEqual([
      [404, 'branch not found'],
      [404, 'operation not found'],
    ]);
  });

  it('answers a change at once and finishes it as time passes', async () => {
    const made = await createBranch('timed');
    expect(made.status).toBe(201);
    expect(made.body.branch).toMatchObject({ current_state: 'init', pending_state: 'ready' });
    const path = `/operations/${made.body.operations[0]?.id}`;
    time += 999;
    expect((await call('GET', path)).body.operation.status).toBe('running');
    time += 1;
    expect((await call('GET', path)).body.operation.status).toBe('finished');
    expect((await call('GET', `/branches/${made.body.branch.id}`)).body.branch).toMatchObject({
      current_state: 'ready',
    });
  });

  it('begins a compute after its branch, when one is asked for', async () => {
    const made = await createBranch('with-compute', { endpoints: [{ type: 'read_write' }] });
    expect(made.body.operations.map(({ status }) => status)).toEqual(['running', 'scheduling']);
    time += 1000;
    const { body } = await call('GET', `/branches/${made.body.branch.id}/endpoints`);
    expect(body.endpoints[0]?.current_state).toBe('init');
    time += 500;
    const later = await call('GET', `/endpoints/${body.endpoints[0]?.id}`);
    expect(later.body.endpoint.current_state).toBe('active');
  });

  it('refuses a second change with 423 until the first is finished', async () => {
    await createBranch('first');
    expect((await createBranch('second')).status).toBe(423);
    time += 1000;
    expect((await createBranch('second')).status).toBe(201);
  });

  it('lets an operation fail once, and counts it', async () => {
    server.nextOperation('fails-once');
    const made = await createBranch('flaky');
    const path = `/operations/${made.body.operations[0]?.id}`;
    time += 1000;
    expect((await call('GET', path)).body.operation).toMatchObject({ status: 'failed', failures_count: 1 });
    expect((await createBranch('locked-out')).status).toBe(423);
    time += 1000;
    expect((await call('GET', path)).body.operation.status).toBe('finished');
  });

  it('pages branches by next, and finds them by a part of their name', async () => {
    const first = await call('GET', '/branches?limit=1');
    expect([first.body.branches.length, first.body.pagination?.next]).toEqual([1, '1']);
    const second = await call('GET', `/branches?limit=1&cursor=${first.body.pagination?.next}`);
    expect(second.body.branches[0]?.name).toBe('staging');
    const found = await call('GET', '/branches?search=stag');
    expect(found.body.branches.map(({ name }) => name)).toEqual(['staging']);
    expect(found.body.pagination?.next).toBeUndefined();
  });

  it('deletes neither the default branch, nor a protected one, nor one with children; the rest once', async () => {
    const production = await branchNamed('production');
    expect((await call('DELETE', `/branches/${production}`)).status).toBe(422);
    const { body } = await createBranch('guarded');
    time += 1000;
    const path = `/branches/${body.branch.id}`;
    await call('PATCH', path, { branch: { protected: true } });
    expect((await call('DELETE', path)).status).toBe(422);
    await call('PATCH', path, { branch: { protected: false } });
    expect((await call('DELETE', path)).status).toBe(200);
    time += 1000;
    expect((await call('DELETE', path)).status).toBe(204);
  });

  it('E-48: restores a branch to its own past only with a point and a name for the state before', async () => {
    const id = await branchNamed('production');
    const restore = (order: object) =>
      call('POST', `/branches/${id}/restore`, { source_branch_id: id, ...order });
    const past = { source_lsn: '0/100' };
    const refused = [
      await restore({ preserve_under_name: 'kept' }),
      await restore(past),
      await restore({ ...past, source_timestamp: '2025-10-01T14:00:00Z', preserve_under_name: 'kept' }),
      await restore({ ...past, preserve_under_name: 'staging' }),
      await restore({ source_lsn: '0/FF', preserve_under_name: 'kept' }),
      await restore({ source_lsn: '0/101', preserve_under_name: 'kept' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 409, 400, 400]);
    const done = await restore({ ...past, preserve_under_name: 'kept' });
    expect(done.body.branch).toMatchObject({ id, current_state: 'resetting' });
    time += 2500;
    expect((await call('GET', `/branches/${id}`)).body.branch).toHaveProperty('last_reset_at');
    expect(server.branches().find(({ name }) => name === 'staging')?.parent).toBe('kept');
  });
});
