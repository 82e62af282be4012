import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/domain/clock.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { GitRemote } from '../../../src/ledger/git/git-remote.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';

const SCOPE = 'shop/production';
const claim = (run: string, actor = 'ana') => ({ run, actor, reason: 'the Thursday release' });
const limit = { timeout: 60_000 };
let origin: LedgerOrigin;

beforeEach(() => {
  origin = makeLedgerOrigin();
});
afterEach(() => origin.remove());

const idsOf = async (actor: string) => (await origin.open(actor).read(SCOPE)).map((event) => event.id);

/** The hook does this once, at the next push, and lets every later one pass. */
const once = (name: string, what: string): string => {
  const mark = join(origin.folder, `${name}.wanted`);
  writeFileSync(mark, '');
  origin.hook(name, `if [ -e ${mark} ]; then rm ${mark}; ${what}; fi`);
  return mark;
};

/** A clock on which waiting takes no time. */
function makeJumpingClock(): Clock {
  let passed = 0;
  return {
    now: () => new Date(Date.UTC(2026, 10, 24) + passed),
    monotonic: () => passed,
    sleep: async (ms) => {
      passed += ms;
    },
  };
}

/** Writes down what is asked of the remote, and how pushes ended. */
const counting =
  (calls: string[]) =>
  (real: GitRemote): GitRemote => ({
    ...real,
    hear: (ref) => {
      calls.push('hear');
      return real.hear(ref);
    },
    push: async (ref, from, to) => {
      const end = await real.push(ref, from, to);
      calls.push(`push ${end.end}`);
      return end;
    },
  });

describe('a push that did not go as expected', limit, () => {
  it('F47: goes on top of what others noted meanwhile', async () => {
    const calls: string[] = [];
    const ana = origin.open('ana', { remote: counting(calls) });
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await origin.open('ben').note(SCOPE, signEvent('signed'));
    calls.length = 0;
    await ana.append(held, factEvent('mine'));
    expect(calls).toEqual(['push moved', 'hear', 'push taken']);
    expect(await idsOf('cem')).toEqual(['r-1:lock:1', 'signed', 'mine']);
  });

  it('F47: is fenced by a newer claim, and nothing of it is written', async () => {
    const ana = origin.open('ana');
    const held = await ana.acquire(SCOPE, claim('r-1'));
    await origin.open('ben').acquire(SCOPE, { ...claim('r-2', 'ben'), takeover: true });
    expect((await failureOf(ana.append(held, factEvent('late')))).code).toBe('E_FENCED');
    expect(await idsOf('cem')).toEqual(['r-1:lock:1', 'r-2:lock:2']);
  });

  it('F48: lands although it ran into its time limit, and is not sent a second time', async () => {
    const calls: string[] = [];
    const ana = origin.open('ana', { remote: counting(calls), timeoutMs: 1500 });
    const held = await ana.acquire(SCOPE, claim('r-1'));
    calls.length = 0;
    once('post-receive', 'sleep 20');
    const made = await ana.append(held, factEvent('mine'));
    expect(calls).toEqual(['push unclear', 'hear']);
    expect(origin.commits(SCOPE)).toHaveLength(2);
    expect(made).toMatchObject({ id: 'mine', seq: 2 });
    expect((await ana.append(held, factEvent('next'))).seq).toBe(3);
  });

  it('F48: is sent again when it ran into its time limit and did not land', async () => {
    const calls: string[] = [];
    const ana = origin.open('ana', { remote: counting(calls), timeoutMs: 1500 });
    const held = await ana.acquire(SCOPE, claim('r-1'));
    calls.length = 0;
    once('pre-receive', 'sleep 20');
    await ana.append(held, factEvent('mine'));
    expect(calls).toEqual(['push unclear', 'hear', 'push taken']);
    expect(await idsOf('ben')).toEqual(['r-1:lock:1', 'mine']);
  });

  it('F49: looks at the remote before it tries again, with a growing wait, and gives up after a minute', async () => {
    const clock = makeJumpingClock();
    const calls: string[] = [];
    const failing = (real: GitRemote): GitRemote =>
      counting(calls)({ ...real, push: async () => ({ end: 'unclear', why: 'failed' }) });
    const ana = origin.open('ana', { remote: failing, clock });
    const before = clock.monotonic();
    const error = await failureOf(ana.note(SCOPE, signEvent('signed')));
    expect(error.code).toBe('E_LEDGER_WRITE');
    expect(error.text).toMatchObject({ state: 'unclear', what: expect.stringContaining('failed') });
    expect(clock.monotonic() - before).toBeLessThanOrEqual(60_000);
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.filter((_, i) => i % 2 === 0).every((call) => call === 'push unclear')).toBe(true);
    expect(calls.filter((_, i) => i % 2 === 1).every((call) => call === 'hear')).toBe(true);
  });

  it('is not tried again when the remote will never take it, and says what the remote said', async () => {
    origin.hook('pre-receive', 'echo "releases go through the gate"; exit 1');
    const calls: string[] = [];
    const error = await failureOf(
      origin.open('ana', { remote: counting(calls) }).acquire(SCOPE, claim('r-1')),
    );
    expect(error.code).toBe('E_LEDGER_WRITE');
    expect(error.text.what).toContain('hook declined');
    expect(error.text.next).toContain('refs/release/*');
    expect(calls.filter((call) => call.startsWith('push'))).toHaveLength(1);
  });
});

describe('a claim whose answer was lost', limit, () => {
  const losing =
    (answers: number) =>
    (real: GitRemote): GitRemote => {
      let left = answers;
      return {
        ...real,
        push: async (ref, from, to) => {
          const end = await real.push(ref, from, to);
          left -= 1;
          return left >= 0 ? { end: 'unclear', why: 'the line was cut' } : end;
        },
      };
    };

  it('F43: is found at the remote, and is the only one', async () => {
    const ana = origin.open('ana', { remote: losing(1) });
    expect(await ana.acquire(SCOPE, claim('r-1'))).toMatchObject({ epoch: 1 });
    expect(origin.commits(SCOPE)).toHaveLength(1);
  });

  it('is told from the claim of another process that resumes the same run', async () => {
    const ana = origin.open('ana', { remote: losing(1), machine: { host: 'one' } });
    const twin = origin.open('twin', { machine: { host: 'one' } });
    const answers = await Promise.allSettled([
      ana.acquire(SCOPE, claim('r-1')),
      twin.acquire(SCOPE, claim('r-1')),
    ]);
    expect(answers.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await idsOf('ben')).toEqual(['r-1:lock:1']);
  });

  it('leaves the lock with its holder when the remote fell silent, until somebody takes it over', async () => {
    const clock = makeJumpingClock();
    const cut = (real: GitRemote): GitRemote => {
      let isCut = false;
      return {
        ...real,
        push: async (...move) => {
          await real.push(...move);
          isCut = true;
          return { end: 'unclear', why: 'the line was cut' };
        },
        hear: async (ref) => {
          if (isCut) throw new ReleaseError('E_GIT', { what: 'no route', next: 'wait', state: 'untouched' });
          return real.hear(ref);
        },
      };
    };
    const error = await failureOf(origin.open('ana', { remote: cut, clock }).acquire(SCOPE, claim('r-1')));
    expect(error).toMatchObject({ code: 'E_LEDGER_WRITE', text: { state: 'unclear' } });
    const ben = origin.open('ben');
    expect((await failureOf(ben.acquire(SCOPE, claim('r-2', 'ben')))).code).toBe('E_LOCKED');
    expect(await ben.acquire(SCOPE, { ...claim('r-2', 'ben'), takeover: true })).toMatchObject({ epoch: 2 });
    expect(await idsOf('cem')).toEqual(['r-1:lock:1', 'r-2:lock:2']);
  });
});

describe('a holder on another machine', limit, () => {
  const as = (machine: object) => origin.open('other', { machine });
  const standingOf = async (machine: object) => (await as(machine).holder(SCOPE))?.alive;
  const gone = { startOf: () => undefined };

  it('F36, F37: counts as gone only when the same start of the same machine says that its process ended', async () => {
    await origin.open('ana').acquire(SCOPE, claim('r-1'));
    const host = 'ana-laptop';
    expect(await standingOf({ host, ...gone })).toBe(false);
    expect(await standingOf({ host: 'ben-laptop', ...gone })).toBe(true);
    // Another machine of the same name, or the same one after a restart: nobody can tell these apart.
    expect(await standingOf({ host, boot: 'b-2', ...gone })).toBe(true);
    expect(await standingOf({ host, boot: '', ...gone })).toBe(true);
    expect(await standingOf({ host })).toBe(true);
  });
});

it('remembers in its cache what it saw last, and nothing else', limit, async () => {
  const ana = origin.open('ana');
  const held = await ana.acquire(SCOPE, claim('r-1'));
  await ana.append(held, factEvent('one'));
  await ana.read(SCOPE);
  const cache = join(origin.folder, 'caches/ana');
  expect(origin.git(['-C', cache, 'for-each-ref', '--format=%(objectname) %(refname)'])).toBe(
    `${origin.git(['rev-parse', `refs/release/${SCOPE}`])} refs/release-seen/${SCOPE}`,
  );
});
