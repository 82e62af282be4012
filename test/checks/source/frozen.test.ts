import { describe, expect, it } from 'vitest';
import check from '../../../checks/source/frozen.check.ts';
import type { CommitLine } from '../../../src/services/git/port.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makePolicy, makeRunbook, onlyThese } from '../../support/policy.ts';

const TIP = 'b'.repeat(40);
const MAIN = 'a'.repeat(40);
const RC = 'c'.repeat(40);
const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: TIP, from: 'v2.0.3' };
const window = { days: ['Tue', 'Wed', 'Thu'], from: '10:00', to: '14:00' };
/** Tuesday in the window; the freeze of one business day began on Monday at midnight in New York. */
const now = new Date('2026-11-24T15:30:00Z');

const scopeOf = (freeze: object = {}, over: object = {}) =>
  makePolicy({ release, now, runbook: makeRunbook({ source: { freeze }, window, ...over }) });

const commit = (sha: string, over: Partial<CommitLine> = {}): CommitLine => ({
  sha: sha.padEnd(40, '0'),
  subject: `fix: ${sha}`,
  author: 'Jo',
  at: '2026-11-20T12:00:00Z',
  ...over,
});

interface Remote {
  readonly tags?: readonly string[];
  readonly isOnBranch?: boolean;
  /** Since the candidate. */
  readonly since?: readonly CommitLine[];
  /** Since main. */
  readonly all?: readonly CommitLine[];
  readonly tips?: Readonly<Record<string, string>>;
}

const remote = ({ tags = ['v2.1.0-rc.1'], isOnBranch = true, since = [], all = since, tips }: Remote) =>
  onlyThese({
    git: {
      branchTip: async (name) => (tips ?? { main: MAIN, 'release/v2.1.0': TIP })[name],
      versions: async () => tags as readonly `v${string}`[],
      tag: async (version) => ({ version, commit: RC, object: RC, annotated: true, at: '', trailers: {} }),
      contains: async () => isOnBranch,
      ownCommits: async (from) => (from === RC ? since : all),
    },
  });

const ask = async (given: Remote, scope = scopeOf()) =>
  check.judge(await check.probe(remote(given), scope), scope);

describe('the release branch', () => {
  it('HOP-01: E-38: stands at its newest candidate', async () => {
    const tags = ['v2.2.0-rc.3', 'v2.1.0-rc.10', 'v2.1.0-rc.9', 'v2.0.3'];
    expect(await ask({ tags })).toMatchObject({
      outcome: 'pass',
      said: 'release/v2.1.0 stands at v2.1.0-rc.10',
    });
  });

  it('HOP-01: E-38: without a candidate nobody knows where it was frozen', async () => {
    const failure = await failureOf(ask({ tags: ['v2.2.0-rc.1', 'v2.0.3'] }));
    expect(failure.code).toBe('E_NO_CANDIDATE');
    expect(failure.text.what).toContain('No candidate of v2.1.0 is tagged');
    expect(failure.text.next).toContain('release prepare v2.1.0');
  });

  it('HOP-01: a candidate that does not lie on it freezes nothing', async () => {
    expect(await ask({ isOnBranch: false })).toMatchObject({
      outcome: 'fail',
      said: 'v2.1.0-rc.1 (ccccccc) does not lie on release/v2.1.0: another commit was tagged, or the branch rewritten',
    });
  });

  it('HOP-01: a branch that is not there is not frozen', async () => {
    expect((await failureOf(ask({ tips: { main: MAIN } }))).code).toBe('E_CANDIDATE_UNKNOWN');
    const dated = scopeOf({ businessDays: 1 });
    expect((await failureOf(ask({ tips: { 'release/v2.1.0': TIP } }, dated))).code).toBe(
      'E_CANDIDATE_UNKNOWN',
    );
  });
});

describe('a commit after the candidate', () => {
  it('PRE-26: is named, with who made it, when nobody answers for it', async () => {
    const judged = await ask({ since: [commit('abc1234'), commit('def5678', { exception: 'urgent' })] });
    expect(judged).toMatchObject({ outcome: 'fail', evidence: { candidate: 'v2.1.0-rc.1' } });
    expect(judged.said).toBe(
      '2 commits without a named exception since v2.1.0-rc.1: abc1234 fix: abc1234 (Jo; no exception), def5678 fix: def5678 (Jo; "urgent" names no person and reason)',
    );
    expect(judged.remedy).toContain('v2.1.0-rc.2');
  });

  it('PRE-26: with a person and a reason stays in sight', async () => {
    const judged = await ask({
      since: [commit('abc1234', { exception: 'Dana Reyes: P1, payments are refused' })],
    });
    expect(judged).toMatchObject({ outcome: 'warn' });
    expect(judged.said).toBe(
      'since v2.1.0-rc.1, by exception: abc1234 fix: abc1234 (Dana Reyes: P1, payments are refused)',
    );
  });

  it('PRE-26: may be answered for in the configuration, and only by somebody of people', async () => {
    const people = { dana: { name: 'Dana Reyes', email: 'dana@example.com', roles: ['lead'] } };
    const more = { people, roles: { lead: { title: 'Lead' } } };
    const since = [commit('abc1234')];
    const granted = { exceptions: [{ commit: 'abc1234', by: 'dana', reason: 'P1' }] };
    expect((await ask({ since }, scopeOf(granted, more))).outcome).toBe('warn');
    const stranger = [commit('abc1234', { exception: 'The team: P1' })];
    const judged = await ask({ since: stranger }, scopeOf({}, more));
    expect(judged).toMatchObject({
      outcome: 'fail',
      said: expect.stringContaining('The team is nobody of people'),
    });
    const known = [commit('abc1234', { exception: 'dana@example.com: P1' })];
    expect((await ask({ since: known }, scopeOf({}, more))).outcome).toBe('warn');
  });

  it('PRE-26: another one makes another finding, so that no waiver covers it', async () => {
    const one = await ask({ since: [commit('abc1234')] });
    const other = await ask({ since: [commit('def5678')] });
    expect(one.about).not.toEqual(other.about);
  });

  it('PRE-26: its words are shown, never obeyed', async () => {
    const judged = await ask({
      since: [commit('abc1234', { subject: '\u001b[2Jgone\nfine', author: '\u001b[31mJo' })],
    });
    expect(judged.said).toContain('abc1234 gone fine (Jo; no exception)');
  });
});

describe('the freeze of a day', () => {
  const early = commit('abc1234', { at: '2026-11-23T04:59:00Z' });
  const late = commit('def5678', { at: '2026-11-23T05:00:00Z' });

  it('PRE-26: T-1: lets a new candidate in only with an exception', async () => {
    const dated = scopeOf({ businessDays: 1 });
    expect(await ask({ all: [early] }, dated)).toMatchObject({
      outcome: 'pass',
      said: 'release/v2.1.0 stands at v2.1.0-rc.1, frozen from Mon 23 Nov 00:00 EST',
    });
    const judged = await ask({ all: [late, early] }, dated);
    expect(judged).toMatchObject({ outcome: 'fail' });
    expect(judged.said).toBe(
      '1 commit without a named exception since Mon 23 Nov 00:00 EST: def5678 fix: def5678 (Jo; no exception)',
    );
    expect(judged.remedy).not.toContain('rc.2');
    const named = { ...late, exception: 'Dana: P0' };
    expect((await ask({ all: [named, early] }, dated)).outcome).toBe('warn');
  });

  it('PRE-26: holds without candidates too, and a commit counts once', async () => {
    const dated = scopeOf({ candidates: false, businessDays: 1 });
    expect(await ask({ tags: [], all: [early] }, dated)).toMatchObject({
      outcome: 'pass',
      said: 'release/v2.1.0 is frozen from Mon 23 Nov 00:00 EST',
    });
    expect((await ask({ tags: [], all: [late] }, dated)).outcome).toBe('fail');
    const both = await ask({ since: [late], all: [late, early] }, scopeOf({ businessDays: 1 }));
    expect(both.said).toMatch(/^1 commit without .* since v2.1.0-rc.1 and Mon 23 Nov 00:00 EST: def5678/);
  });

  it('PRE-26: has not begun for the release of another day', async () => {
    const saturday = { ...scopeOf({ businessDays: 1 }), now: new Date('2026-11-28T15:00:00Z') };
    expect(await ask({ all: [late] }, saturday)).toMatchObject({
      outcome: 'pass',
      said: 'release/v2.1.0 stands at v2.1.0-rc.1, frozen from Mon 30 Nov 00:00 EST',
    });
  });

  it('PRE-26: a commit whose time cannot be read is late', async () => {
    expect((await ask({ all: [{ ...early, at: 'soon' }] }, scopeOf({ businessDays: 1 }))).outcome).toBe(
      'fail',
    );
  });
});

it('is left out without a version, for a candidate, for what is live, and where nothing is frozen', () => {
  const absent = (over: object, freeze: object = {}) => check.absent?.({ ...scopeOf(freeze), ...over });
  expect(absent({ release: undefined })).toBe('no version was named');
  expect(absent({ release: { ...release, version: 'v2.1.0-rc.1' } })).toBe('a candidate has none of its own');
  expect(absent({ release: { ...release, from: 'v2.1.0' } })).toBe('v2.1.0 is live');
  expect(absent({}, { candidates: false })).toBe('source.freeze names neither candidates nor days');
  expect(absent({}, { candidates: false, businessDays: 0 })).toBeUndefined();
  expect(absent({})).toBeUndefined();
});
