import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GithubPort } from '../../src/services/github/port.ts';
import { openGithub, REPOSITORY, TOKEN } from '../contracts/github-world.ts';
import { failureOf, withApp } from '../contracts/web-world.ts';

const ORDER = { workflow: 'publish.yml', ref: 'main', inputs: { version: 'v2.1.0' }, marker: 'r-1/publish' };
const DISPATCH = /dispatches$/;
const RUN = /actions\/runs\/1$/;

type World = Awaited<ReturnType<typeof openGithub>>;
let world: World;
beforeEach(async () => {
  world = await openGithub();
});
afterEach(() => world.server.close());

const orders = (): number => world.server.calls.filter(({ path }) => DISPATCH.test(path)).length;
const calls = (): number => world.server.calls.length;

describe('GitHub, when an order gets no answer', () => {
  it('F54: never orders twice after a server error, and looks for the run instead', async () => {
    for (const status of [500, 502, 503]) {
      const before = orders();
      world.server.addFault({ path: DISPATCH, times: 1, answer: { status, text: 'down' }, after: true });
      const run = await world.github.dispatch({ ...ORDER, marker: `r-${status}` });
      expect(world.server.runs()[0]).toMatchObject({ id: run.id, inputs: { marker: `r-${status}` } });
      expect(orders()).toBe(before + 1);
    }
  });

  it('F56: stays unclear when the run is not there', async () => {
    world.server.addFault({ path: DISPATCH, times: 1, answer: 'drop' });
    const error = await failureOf(world.github.dispatch(ORDER));
    expect(error).toMatchObject({ code: 'E_GITHUB_UNREACHABLE', text: { state: 'unclear' } });
    expect([orders(), world.server.runs().length]).toEqual([1, 0]);
  });

  it('F56: tells a silence from a refused connection', async () => {
    world.server.addFault({ path: DISPATCH, times: 1, answer: 'hang' });
    const hung = await failureOf(world.adapterWith({ timeoutSeconds: 0.1 }).dispatch(ORDER));
    expect(hung).toMatchObject({ code: 'E_GITHUB_UNREACHABLE', text: { state: 'unclear' } });
    expect(hung.text.what).toContain('no answer in time');
    const closed = await openGithub();
    await closed.server.close();
    const gone = await failureOf(closed.github.dispatch(ORDER));
    expect(gone).toMatchObject({ code: 'E_GITHUB_UNREACHABLE', text: { state: 'untouched' } });
  });

  it('finds the run by its marker on a server that does not say which one it started', async () => {
    const old = await openGithub({ givesRunDetails: false });
    const run = await old.github.dispatch(ORDER);
    expect(old.server.runs()[0]?.id).toBe(run.id);
    expect(old.slept.length).toBeGreaterThan(0);
    await old.server.close();
  });

  it('E_GITHUB_RUN: claims no run when the name does not show the marker', async () => {
    const mute = await openGithub({ givesRunDetails: false, titleOf: () => 'Publish' });
    const error = await failureOf(mute.github.dispatch(ORDER));
    expect(error).toMatchObject({ code: 'E_GITHUB_RUN', text: { state: 'unclear' } });
    expect(error.text.next).toContain('inputs.marker');
    expect(mute.server.runs()).toHaveLength(1);
    await mute.server.close();
  });
});

describe('the marker of an order', () => {
  it('goes out as an input of its own, unless an input holds it already', async () => {
    await world.github.dispatch(ORDER);
    await world.github.dispatch({ ...ORDER, inputs: { note: 'run r-1/publish' } });
    expect(world.server.runs().map(({ inputs }) => inputs)).toEqual([
      { note: 'run r-1/publish' },
      { version: 'v2.1.0', marker: 'r-1/publish' },
    ]);
  });

  it('is left out for a workflow that does not declare it', async () => {
    const strict = await openGithub({ workflows: [{ file: 'publish.yml', inputs: ['version'] }] });
    const run = await strict.github.dispatch(ORDER);
    expect(strict.server.runs()).toMatchObject([{ id: run.id, inputs: { version: 'v2.1.0' } }]);
    const wrong = { ...ORDER, inputs: { version: 'v2.1.0', verison: 'x' } };
    const error = await failureOf(strict.github.dispatch(wrong));
    expect(error).toMatchObject({ code: 'E_GITHUB_REFUSED', text: { state: 'untouched' } });
    expect(error.text.why).toContain('verison');
    expect(strict.server.runs()).toHaveLength(1);
    await strict.server.close();
  });
});

describe('GitHub, when it says no', () => {
  it('F53: waits as long as it is asked to, for both of its limits', async () => {
    const soon = { 'retry-after': '2' };
    const secondary = {
      status: 403,
      headers: soon,
      json: { message: 'You have exceeded a secondary rate limit.' },
    };
    world.server.addFault({ path: DISPATCH, times: 1, answer: secondary });
    await world.github.dispatch(ORDER);
    expect(world.slept).toEqual([2000]);
    world.server.exhaustRate(4);
    // The budget is full again when the adapter has slept; its own clock is stepped, the server's is not.
    const error = await failureOf(world.github.openIssues('P0'));
    expect(error.code).toBe('E_GITHUB_BUSY');
    const pauses = world.slept.slice(1);
    expect(pauses.length).toBeGreaterThan(0);
    expect(pauses.every((ms) => ms > 1000 && ms <= 6000)).toBe(true);
  });

  it('F53: gives up at once when it is asked to wait for an hour', async () => {
    world.server.exhaustRate(3600);
    const error = await failureOf(world.github.dispatch(ORDER));
    expect(error).toMatchObject({ code: 'E_GITHUB_BUSY', text: { state: 'untouched' } });
    expect(error.text.why).toContain('rate limit');
    expect([world.slept, orders()]).toEqual([[], 1]);
  });

  it('tells a wrong token, a missing right and a hidden repository apart', async () => {
    const others = { ghp_reader: 'read', ghp_stranger: 'none' } as const;
    const strict = await openGithub({ others });
    const ask = (token: string) => failureOf(strict.adapterWith({ token }).dispatch(ORDER));
    expect((await ask('ghp_wrong')).code).toBe('E_GITHUB_KEY');
    const reader = await ask('ghp_reader');
    expect([reader.code, reader.text.next]).toEqual([
      'E_GITHUB_KEY',
      'Give the key in $GITHUB_TOKEN the right to do this.',
    ]);
    const stranger = await ask('ghp_stranger');
    expect(stranger.code).toBe('E_GITHUB_REFUSED');
    expect(stranger.text.why).toContain('or the token in $GITHUB_TOKEN may not see it');
    expect(strict.server.runs()).toEqual([]);
    await strict.server.close();
  });

  it('T49: shows the token in no failure, and refuses one that would break a header', async () => {
    const echo = { status: 422, json: { message: `bad token ${TOKEN}` } };
    const answers = [echo, { status: 500, text: TOKEN }, { status: 200, text: TOKEN }, 'drop'] as const;
    for (const answer of answers) {
      world.server.addFault({ path: DISPATCH, times: 1, answer });
      const shown = inspect(await failureOf(world.github.dispatch(ORDER)), { depth: 9, showHidden: true });
      expect(shown).not.toContain('canary');
    }
    const before = calls();
    const error = await failureOf(world.adapterWith({ token: `${TOKEN}\n` }).dispatch(ORDER));
    expect([error.code, error.text.state, calls()]).toEqual(['E_GITHUB_KEY', 'untouched', before]);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
  });
});

describe('GitHub, when what answers is not GitHub', () => {
  const at = (url: string): GithubPort =>
    world.adapterWith({ fetch: (input, init) => fetch(String(input).replace(world.server.url, url), init) });

  it('F55: takes neither a page nor another shape for an answer', async () => {
    for (const text of ['<html>Please log in to the proxy</html>', '[]', '{"id":"1"}', 'null']) {
      // A question is asked three times before it is given up.
      world.server.addFault({ path: RUN, times: 3, answer: { status: 200, text } });
      expect((await failureOf(world.github.run('1'))).code).toBe('E_GITHUB_UNREACHABLE');
    }
    world.server.addFault({ path: DISPATCH, times: 1, answer: { status: 200, text: '<html>' } });
    const lost = await failureOf(world.github.dispatch(ORDER));
    expect(lost).toMatchObject({ code: 'E_GITHUB_UNREACHABLE', text: { state: 'unclear' } });
  });

  it('T25: follows no redirect, and says that the repository was renamed', async () => {
    const carried: unknown[] = [];
    await withApp(
      (request, response) => {
        carried.push(request.headers.authorization);
        response.end('{}');
      },
      (elsewhere) =>
        withApp(
          (_, response) => response.writeHead(307, { location: `${elsewhere}/repositories/1` }).end(),
          async (url) => {
            const error = await failureOf(at(url).dispatch(ORDER));
            expect(error).toMatchObject({ code: 'E_GITHUB_REFUSED', text: { state: 'untouched' } });
            expect(error.text.why).toContain('renamed');
          },
        ),
    );
    expect(carried).toEqual([]);
  });

  it('F57: stops at an answer that is far too large', async () => {
    let sent = 0;
    await withApp(
      (_, response) => {
        const pour = (): void => {
          while (sent < 1_000_000_000 && !response.destroyed) {
            sent += 1_000_000;
            if (!response.write(Buffer.alloc(1_000_000, ' '))) break;
          }
        };
        response.on('drain', pour);
        pour();
      },
      async (url) => expect((await failureOf(at(url).run('1'))).code).toBe('E_GITHUB_UNREACHABLE'),
    );
    // Three tries, eight megabytes each, and what was on its way.
    expect(sent).toBeLessThan(200_000_000);
  });

  it('T25: asks for the next page by its number, never at an address that the answer names', async () => {
    const link = { link: '<http://evil.example/steal?page=2>; rel="next"' };
    const issue = { number: 7, title: 'One', pull_request: null };
    const first = { status: 200, headers: link, json: [issue] };
    const last = { status: 200, json: [{ number: 1, title: 'Two' }] };
    for (const answer of [first, last]) world.server.addFault({ path: /issues$/, times: 1, answer });
    expect(await world.github.openIssues('P0')).toEqual([
      { number: 7, title: 'One' },
      { number: 1, title: 'Two' },
    ]);
    expect(world.server.calls.map(({ path }) => path)).toEqual(Array(2).fill(`/repos/${REPOSITORY}/issues`));
  });

  it('follows pages, and does not go on for ever', async () => {
    for (let n = 1; n <= 230; n += 1) world.server.addIssue(`Issue ${n}`, ['P1']);
    expect(await world.github.openIssues('P1')).toHaveLength(230);
    const endless = { status: 200, headers: { link: '<x>; rel="next"' }, json: [] };
    world.server.addFault({ path: /issues$/, times: 99, answer: endless });
    const before = calls();
    expect((await failureOf(world.github.openIssues('P1'))).code).toBe('E_GITHUB_REFUSED');
    expect(calls() - before).toBe(10);
  });

  it('T13: cleans the titles of issues, and keeps ids inside their place in the address', async () => {
    world.server.addIssue('\u001b[2JAll fine\u202e', ['P0']);
    expect((await world.github.openIssues('P0'))[0]?.title).toBe('All fine�');
    expect((await failureOf(world.github.run('../../issues'))).code).toBe('E_GITHUB_REFUSED');
    expect(world.server.calls.at(-1)?.path).toBe(`/repos/${REPOSITORY}/actions/runs/..%2F..%2Fissues`);
  });
});
