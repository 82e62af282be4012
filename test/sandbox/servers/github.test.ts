import { afterEach, describe, expect, it } from 'vitest';
import {
  type GithubOptions,
  type GithubStandIn,
  startGithub,
} from '../../../src/sandbox/servers/github/start.ts';

const HOME = '/repos/rur2/app';
const DISPATCHES = `${HOME}/actions/workflows/publish.yml/dispatches`;

let passed = 0;
let server: GithubStandIn;

async function open(options: Partial<GithubOptions> = {}): Promise<void> {
  passed = 0;
  server = await startGithub({ repository: 'rur2/app', token: 't', elapsed: () => passed, ...options });
}
afterEach(() => server.close());

async function ask(method: string, path: string, json?: unknown, token = 't') {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? undefined : JSON.parse(text) };
}

const order = (over: Record<string, unknown> = {}) =>
  ask('POST', DISPATCHES, { ref: 'main', inputs: { marker: 'm-1' }, return_run_details: true, ...over });
const statusOf = async (id: number) => {
  const { json } = await ask('GET', `${HOME}/actions/runs/${id}`);
  return [json.status, json.conclusion];
};
const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('the GitHub of the sandbox', () => {
  it('lets a run be queued, in progress and completed, by time and by what it really does', async () => {
    let finish: (conclusion: 'failure') => void = () => undefined;
    const orders: unknown[] = [];
    await open({
      onDispatch: (one) => {
        orders.push(one);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    const { status, json } = await order();
    expect(status).toBe(200);
    expect(orders).toEqual([{ workflow: 'publish.yml', ref: 'main', inputs: { marker: 'm-1' } }]);
    expect(await statusOf(json.workflow_run_id)).toEqual(['queued', null]);
    passed += 3000;
    expect(await statusOf(json.workflow_run_id)).toEqual(['in_progress', null]);
    passed += 600_000;
    expect(await statusOf(json.workflow_run_id)).toEqual(['in_progress', null]);
    finish('failure');
    await settle();
    expect(await statusOf(json.workflow_run_id)).toEqual(['completed', 'failure']);
  });

  it('runs faster at a higher speed, and counts a rejected effect as failure', async () => {
    await open({ speed: 60, onDispatch: () => Promise.reject(new Error('no disk')) });
    const { json } = await order();
    await settle();
    passed += 50;
    expect(await statusOf(json.workflow_run_id)).toEqual(['in_progress', null]);
    passed += 700;
    expect(await statusOf(json.workflow_run_id)).toEqual(['completed', 'failure']);
  });

  it('lets a run wait for a person, who approves or rejects it', async () => {
    let begun = 0;
    await open({
      onDispatch: async () => {
        begun += 1;
        return 'success';
      },
    });
    for (const state of ['approved', 'rejected']) {
      server.nextRun({ kind: 'waits', environment: 'production' });
      const { json } = await order();
      passed += 3000;
      expect(await statusOf(json.workflow_run_id)).toEqual(['waiting', null]);
      const place = `${HOME}/actions/runs/${json.workflow_run_id}/pending_deployments`;
      expect((await ask('GET', place)).json[0].environment.name).toBe('production');
      expect((await ask('POST', place, { environment_ids: [9], state })).status).toBe(422);
      expect((await ask('POST', place, { environment_ids: [1], state, comment: '' })).status).toBe(200);
      expect((await ask('POST', place, { environment_ids: [1], state })).status).toBe(422);
      passed += 60_000;
      const conclusion = state === 'approved' ? 'success' : 'failure';
      expect(await statusOf(json.workflow_run_id)).toEqual(['completed', conclusion]);
    }
    expect(begun).toBe(1);
  });

  it('lets a run be stuck or cancelled', async () => {
    await open();
    server.nextRun({ kind: 'stuck' });
    server.nextRun({ kind: 'cancelled' });
    const [stuck, cancelled] = [await order(), await order()];
    passed += 10_000_000;
    expect(await statusOf(stuck.json.workflow_run_id)).toEqual(['in_progress', null]);
    expect(await statusOf(cancelled.json.workflow_run_id)).toEqual(['completed', 'cancelled']);
  });

  it('lists a run a moment later than it began, newest first, with the inputs in its name', async () => {
    await open();
    await order();
    const list = `${HOME}/actions/workflows/publish.yml/runs?per_page=1`;
    expect((await ask('GET', list)).json.workflow_runs).toEqual([]);
    passed += 2000;
    await order({ inputs: { marker: 'm-2' } });
    passed += 2000;
    const { json, headers } = await ask('GET', list);
    expect([json.total_count, json.workflow_runs[0].display_title]).toEqual([2, 'publish.yml · m-2']);
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '') ?? [];
    const second = await ask('GET', next.replace(server.url, ''));
    expect(second.json.workflow_runs[0].display_title).toBe('publish.yml · m-1');
    expect(second.headers.get('link')).toBeNull();
  });

  it('answers 204 and nothing to those who do not ask for the run', async () => {
    await open();
    expect(await order({ return_run_details: false })).toMatchObject({ status: 204, json: undefined });
    expect(server.runs()).toHaveLength(1);
  });

  it('refuses orders as GitHub does: 400, 404 and 422 with the reason', async () => {
    await open({ workflows: [{ file: 'publish.yml', inputs: ['marker'] }], refs: ['main'] });
    const many = Object.fromEntries(Array.from({ length: 26 }, (_, n) => [`i${n}`, '']));
    const answers = [
      await order({ ref: 'nowhere' }),
      await order({ ref: undefined }),
      await order({ inputs: { other: '1' } }),
      await order({ inputs: many }),
      await ask('POST', DISPATCHES.replace('publish', 'other'), { ref: 'main' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422, 422, 404]);
    expect(answers[0]?.json.message).toBe('No ref found for: nowhere');
    expect(answers[2]?.json.message).toBe('Unexpected inputs provided: ["other"]');
    expect(server.runs()).toEqual([]);
  });

  it('hides the repository from those without rights', async () => {
    await open({ others: { reader: 'read', stranger: 'none' } });
    const path = `${HOME}/issues`;
    const seen = [
      await ask('GET', path, undefined, ''),
      await ask('GET', path, undefined, 'stranger'),
      await ask('GET', path, undefined, 'wrong'),
      await ask('GET', path, undefined, 'reader'),
      await ask('POST', DISPATCHES, { ref: 'main' }, 'reader'),
      await ask('GET', '/repos/rur2/other/issues'),
      await ask('GET', '/nothing'),
    ];
    expect(seen.map(({ status }) => status)).toEqual([404, 404, 401, 200, 403, 404, 404]);
  });

  it('counts calls, and refuses them with 403 when none is left', async () => {
    await open({ perHour: 2 });
    const path = `${HOME}/issues`;
    const seen = [await ask('GET', path), await ask('GET', path), await ask('GET', path)];
    expect(seen.map(({ status, headers }) => [status, headers.get('x-ratelimit-remaining')])).toEqual([
      [200, '1'],
      [200, '0'],
      [403, '0'],
    ]);
    expect(Number(seen[2]?.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000);
  });

  it('joins labels by AND, lists pull requests as issues, and closed ones only when asked', async () => {
    await open();
    server.addIssue('both', ['P0', 'login']);
    server.addIssue('one', ['P0']);
    server.addIssue('a change', ['P0'], 'pull-request');
    server.closeIssue(server.addIssue('closed', ['P0']));
    const titles = async (query: string) =>
      (await ask('GET', `${HOME}/issues?${query}`)).json.map((one: { title: string }) => one.title);
    expect(await titles('labels=p0')).toEqual(['a change', 'one', 'both']);
    expect(await titles('labels=P0,login')).toEqual(['both']);
    expect(await titles('labels=P0&state=all')).toHaveLength(4);
    const { json } = await ask('GET', `${HOME}/issues?labels=P0`);
    expect(json[0].pull_request.url).toContain('/pulls/3');
  });
});
