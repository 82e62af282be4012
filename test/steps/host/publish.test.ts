import { beforeEach, describe, expect, it } from 'vitest';
import { ReleaseError, type StepContext } from '../../../src/kit.ts';
import type { GitPort, TagFacts } from '../../../src/services/git/port.ts';
import type { FoundPublish, HostPort, LiveVersion } from '../../../src/services/host/port.ts';
import { publish } from '../../../src/steps/host/publish.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const COMMIT = 'a'.repeat(40);
const TAGGED = 'c'.repeat(40);
const INPUT = { env: 'production', version: '2.1.0', commitOf: 'merge-and-tag', commit: '' };

const down = new ReleaseError('E_APP_DOWN', {
  what: 'nothing answers.',
  next: 'start it',
  state: 'untouched',
});

interface Seen {
  readonly strategy?: string;
  readonly found?: FoundPublish;
  readonly live?: Partial<LiveVersion> | Error;
}

/** A host that has seen an earlier attempt. */
const makeHost = ({ strategy = 'push', found, live = {} }: Seen): Partial<HostPort> => ({
  can: () => ({ publish: true, strategy }),
  findPublish: async (_, marker) => (marker === 'r-1/publish' ? found : undefined),
  liveVersion: async () => {
    if (live instanceof Error) throw live;
    return { version: '2.0.3', latencyMs: 1, ...live };
  },
});

const context = (over: Partial<StepContext> = {}): StepContext =>
  ({
    run: 'r-1',
    step: 'publish',
    facts: { 'merge-and-tag': { commit: COMMIT } },
    runbook: makeRunbook(),
    clock: { now: () => new Date('2025-10-01T14:10:00Z') },
    ...over,
  }) as StepContext;

interface Repository {
  /** What main holds. */
  readonly held?: string;
  /** The commit whose files those of COMMIT are. */
  readonly like?: string;
  readonly tagged?: boolean;
  readonly away?: boolean;
}

/** A remote in which COMMIT is the release, unless something is said to be otherwise. */
const makeGit = ({
  held = COMMIT,
  like = TAGGED,
  tagged = true,
  away = false,
}: Repository = {}): Partial<GitPort> => ({
  sync: async () => {
    if (away) throw new ReleaseError('E_GIT', { what: 'no route.', next: 'wait', state: 'untouched' });
  },
  branchTip: async (name) => (name === 'main' ? 'f'.repeat(40) : undefined),
  tag: async (name) =>
    tagged && name === 'v2.1.0' ? ({ version: name, commit: TAGGED } as unknown as TagFacts) : undefined,
  contains: async (_, commit) => commit === held,
  sameTree: async (left, right) => left === COMMIT && right === like,
});

const inspect = (seen: Seen) =>
  publish.inspect?.(onlyThese({ host: makeHost(seen), git: makeGit() }), INPUT, context());

describe('host.publish', () => {
  it('DAY-24: guards, then orders the commit that was merged, and lets people follow', async () => {
    const order: unknown[] = [];
    const host: Partial<HostPort> = {
      publish: async (...args) => {
        order.push(args.slice(0, 3));
        args[3]?.tell?.('1. Press Republish.');
        return { id: 'x' };
      },
    };
    const tools = context({
      guard: () => void order.push('guard'),
      tell: (said) => void order.push(said),
      signal: new AbortController().signal,
    });
    const done = await publish.run(onlyThese({ host, git: makeGit() }), INPUT, tools);
    expect(done).toEqual({ id: 'x', commit: COMMIT, since: '2025-10-01T14:10:00.000Z' });
    const wanted = { version: '2.1.0', commit: COMMIT };
    expect(order).toEqual(['guard', ['production', wanted, 'r-1/publish'], '1. Press Republish.']);
  });

  it('E-78: has happened when the wanted build answers, and not when its version comes from another', async () => {
    expect(await inspect({ live: { version: '2.1.0', commit: COMMIT } })).toMatchObject({ state: 'done' });
    expect(await inspect({ live: { version: '2.1.0', commit: 'b'.repeat(40) } })).toEqual({
      state: 'absent',
    });
    expect(await inspect({})).toEqual({ state: 'absent' });
  });

  it('PRE-15: has happened when the candidate says its own name, and not when another does', async () => {
    const seen = async (version: string) => {
      const input = { ...INPUT, candidate: '2.1.0-rc.1' };
      const host = makeHost({ live: { version, commit: COMMIT } });
      return (await publish.inspect?.(onlyThese({ host }), input, context()))?.state;
    };
    expect(await seen('2.1.0-rc.1')).toBe('done');
    expect(await seen('2.1.0-rc.2')).toBe('absent');
  });

  it('asks the platform’s own record first, where it keeps one', async () => {
    const found = { id: '7', said: 'the workflow runs: http://x' };
    const at = (state: FoundPublish['state']) =>
      inspect({ strategy: 'github-workflow', found: { ...found, state } });
    expect(await at('underway')).toEqual({ state: 'underway', said: found.said });
    expect(await at('accepted')).toEqual({ state: 'done', done: { id: '7', commit: COMMIT } });
    expect(await at('failed')).toEqual({ state: 'absent' });
  });

  it('does not get stuck on an application that is down where nothing is ever sent', async () => {
    expect(await inspect({ strategy: 'push', live: down })).toEqual({ state: 'absent' });
    expect(await inspect({ strategy: 'manual', live: down })).toEqual({ state: 'absent' });
    await expect(inspect({ strategy: 'command', live: down })).rejects.toBe(down);
  });
});

describe('T38: a commit that stands in the ledger', () => {
  const sent: unknown[] = [];
  const host: Partial<HostPort> = {
    can: () => ({ publish: true, strategy: 'command' }),
    publish: async (...order) => {
      sent.push(order[1]);
      return { id: 'x' };
    },
  };
  const run = (
    git: Repository,
    facts: StepContext['facts'] = { 'merge-and-tag': { commit: COMMIT } },
    input = INPUT,
  ) => publish.run(onlyThese({ host, git: makeGit(git) }), input, context({ facts, guard: () => {} }));
  beforeEach(() => void sent.splice(0));

  it.each([
    ['main does not hold', { held: 'b'.repeat(40) }],
    ['holds other files than the tag', { like: 'b'.repeat(40) }],
    ['has no tag to be compared with', { tagged: false }],
  ])('T38: is not published when %s it', async (_, git) => {
    const failure = await failureOf(run(git));
    expect(failure).toMatchObject({ code: 'E_FOREIGN_COMMIT', text: { state: 'untouched' } });
    expect(sent).toEqual([]);
  });

  it.each([[{}], [{ 'merge-and-tag': { commit: 'e'.repeat(40) } }]])(
    'T38: is not published when it is %j',
    async (facts) => {
      expect((await failureOf(run({}, facts))).code).toBe('E_FOREIGN_COMMIT');
      expect(sent).toEqual([]);
    },
  );

  it('is published past a remote that has just gone away, when what is here agrees', async () => {
    await run({ away: true });
    expect(sent).toEqual([{ version: '2.1.0', commit: COMMIT }]);
  });

  it('PRE-15: is that of a candidate where candidates are tried, also where no branch is configured there', async () => {
    const { production } = makeRunbook().environments;
    const environments = {
      production,
      staging: { url: 'https://staging.example', host: { strategy: 'command', publish: 'x' } },
    };
    const tools = context({
      facts: { candidate: { commit: COMMIT } },
      guard: () => {},
      runbook: makeRunbook({ environments }),
    });
    const input = { ...INPUT, env: 'staging', commitOf: 'candidate' };
    await publish.run(onlyThese({ host, git: makeGit({ held: '', tagged: false }) }), input, tools);
    expect(sent).toEqual([{ version: '2.1.0', commit: COMMIT }]);
  });

  it('is not looked for where the plan itself names it', async () => {
    await run({ tagged: false }, {}, { ...INPUT, commit: 'd'.repeat(40) });
    expect(sent).toEqual([{ version: '2.1.0', commit: 'd'.repeat(40) }]);
  });
});
