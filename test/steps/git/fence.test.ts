import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/cli/clock.ts';
import { runPlan } from '../../../src/engine/run-plan.ts';
import { startRun } from '../../../src/engine/start-run.ts';
import type { Step } from '../../../src/kit.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { GitPort, RefMove } from '../../../src/services/git/port.ts';
import { publishRelease } from '../../../src/steps/git/publish-release.ts';
import { restoreVersion } from '../../../src/steps/git/restore-version.ts';
import { planOf } from '../../support/engine/plan-of.ts';
import { toolsOf } from '../../support/engine/tools-of.ts';
import { factEvent, signEvent } from '../../support/ledger-events.ts';
import { copyLedgerOrigin, type LedgerOrigin, makeLedgerOrigin } from '../../support/ledger-origin.ts';
import { onlyThese } from '../../support/policy.ts';

const SCOPE = 'shop/production';
const RECORD = `refs/release/${SCOPE}`;
const at = '2025-10-01T14:00:00.000Z';
const limit = { timeout: 60_000 };
const steps = new Map([publishRelease, restoreVersion].map((step) => [step.id, step as unknown as Step]));

let seed: LedgerOrigin;
let origin: LedgerOrigin;
let main: string;
let branch: string;
beforeAll(() => {
  seed = makeLedgerOrigin();
  origin = seed;
  main = commit('2.0.3');
  branch = commit('2.1.0', main);
  origin.git(['update-ref', 'refs/heads/main', main]);
  origin.git(['update-ref', 'refs/heads/release/v2.1.0', branch]);
});
beforeEach(() => {
  origin = copyLedgerOrigin(seed);
});
afterEach(() => origin.remove());
afterAll(() => seed.remove());

function commit(version: string, ...parents: readonly string[]): string {
  const blob = origin.git(['hash-object', '-w', '--stdin'], `{"version":"${version}"}`);
  const tree = origin.git(['mktree'], `100644 blob ${blob}\tpackage.json\n`);
  return origin.git(['commit-tree', '-m', version, ...parents.flatMap((one) => ['-p', one]), tree]);
}

const readRefs = (): Record<string, string> =>
  Object.fromEntries(
    origin
      .git(['for-each-ref', '--format=%(refname) %(objectname)'])
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );

const release = () =>
  publishRelease.with({
    mainBranch: 'main',
    version: 'v2.1.0',
    main,
    branch,
    branchName: 'release/v2.1.0',
    at,
    trailers: {},
  });

interface Deployer {
  readonly actor?: string;
  readonly scope?: string;
  readonly entry?: ReturnType<typeof release>;
  readonly ledger?: (real: Ledger) => Ledger;
  /** Happens after the guard, before the first byte. */
  readonly between?: (moves: readonly RefMove[]) => Promise<unknown>;
  /** Happens after the push was taken. */
  readonly after?: () => void;
}

/** Starts a run with this one entry, and carries it out. */
async function deploy({ actor = 'ana', scope = SCOPE, entry = release(), ...how }: Deployer) {
  const ledger = (how.ledger ?? ((real) => real))(origin.open(actor));
  const plan = planOf([entry]);
  const run = `r-${actor}`;
  const order = { ledger, scope, run, actor, reason: 'release' };
  const held = await startRun(order, { plan, request: {}, configDigest: 'c' });
  const code = origin.codeOf(actor);
  const push: GitPort['push'] = async (moves) => {
    await how.between?.(moves);
    await code.push(moves);
    how.after?.();
  };
  const services = onlyThese({ git: { ...code, push } });
  return runPlan({ plan, run, tools: toolsOf({ clock: systemClock, ledger, held, steps }, { services }) });
}

const takeOver = () =>
  origin
    .open('ben')
    .acquire(SCOPE, { run: 'r-ana', actor: 'ben', reason: 'the laptop is asleep', takeover: true });

const typesOf = async (scope = SCOPE) => (await origin.open('cem').read(scope)).map(({ type }) => type);

describe('the push of a release whose ledger is kept in git', limit, () => {
  it('moves main, the tag and the record in one push, with what waited before it', async () => {
    let sent: readonly RefMove[] = [];
    const ended = await deploy({
      between: async (moves) => {
        sent = moves;
      },
    });
    expect(ended.verdict).toBe('completed');
    expect(sent.map(({ ref }) => ref)).toEqual(['refs/heads/main', 'refs/tags/v2.1.0', RECORD]);
    const refs = readRefs();
    expect(sent.slice(0, 2).map(({ ref, to }) => refs[ref] === to)).toEqual([true, true]);
    const facts = (await origin.open('cem').read(SCOPE)).filter(({ type }) => type === 'fact');
    expect(facts).toMatchObject([
      { data: { name: 'pushed', value: { main: refs['refs/heads/main'], tag: refs['refs/tags/v2.1.0'] } } },
    ]);
    // The lock; plan, intent and fact with the push itself; the end; the release.
    expect(origin.commits(SCOPE)).toHaveLength(4);
  });

  it('F29: is refused as a whole when somebody took over between guard and push; the run is fenced', async () => {
    const before = readRefs();
    const ended = await deploy({ between: takeOver });
    expect(ended).toMatchObject({ verdict: 'fenced', error: { code: 'E_FENCED' } });
    const { [RECORD]: _, ...code } = readRefs();
    expect(code).toEqual(before);
    expect(await typesOf()).toEqual(['lock.acquired', 'lock.takeover']);
  });

  it('F29: of a rollback is refused in the same way', async () => {
    origin.git(['tag', '-a', '-m', 'v2.0.3', 'v2.0.3', main]);
    origin.git(['update-ref', 'refs/heads/main', branch]);
    const entry = restoreVersion.with({
      mainBranch: 'main',
      version: 'v2.0.3',
      main: branch,
      at,
      reason: 'r',
    });
    const ended = await deploy({ entry, between: takeOver });
    expect(ended.verdict).toBe('fenced');
    expect(readRefs()['refs/heads/main']).toBe(branch);
  });

  it('is taken by the one who took over, and the first one still moves nothing afterwards', async () => {
    let after: Record<string, string> = {};
    const ended = await deploy({
      between: async () => {
        const held = await takeOver();
        const ledger = origin.open('ben');
        const services = onlyThese({ git: origin.codeOf('ben') });
        const plan = planOf([release()]);
        // What may still be on its way is waited for elsewhere; here nothing is.
        const times = { intentMs: 15_000, settleFactor: 0, renewMs: 15_000, askAgainMs: 1 };
        const tools = toolsOf({ clock: systemClock, ledger, held, steps }, { services, times });
        expect((await runPlan({ plan, run: 'r-ana', tools })).verdict).toBe('completed');
        after = readRefs();
      },
    });
    expect(ended.verdict).toBe('fenced');
    expect(readRefs()).toEqual(after);
    expect(after['refs/tags/v2.1.0']).toBeDefined();
  });

  it('goes out again behind a sign-off that came in between', async () => {
    let notes = 0;
    const ended = await deploy({
      between: async () => {
        notes += 1;
        if (notes === 1) await origin.open('ben').note(SCOPE, signEvent('signed'));
      },
    });
    expect({ verdict: ended.verdict, notes }).toEqual({ verdict: 'completed', notes: 2 });
    expect(await typesOf()).toEqual([
      'lock.acquired',
      'approval.recorded',
      'run.planned',
      'step.intent',
      'fact',
      'step.done',
      'run.finished',
      'lock.released',
    ]);
  });

  it('is known to be done when only its answer was lost', async () => {
    const lost = () => {
      throw new Error('the line broke');
    };
    const ended = await deploy({ after: lost });
    expect(ended.verdict).toBe('completed');
    expect((await typesOf()).filter((type) => type === 'step.doubt')).toEqual([]);
  });
});

describe('a push onto a main that somebody moved', limit, () => {
  const strange = () => origin.git(['update-ref', 'refs/heads/main', commit('2.0.4', main)]);

  it('F41: is not sent when that is seen before, and says how to give the run up', async () => {
    strange();
    const before = readRefs()['refs/heads/main'];
    const { verdict, error } = await deploy({ between: () => Promise.reject(new Error('it was sent')) });
    expect({ verdict, code: error?.code }).toEqual({ verdict: 'failed', code: 'E_PLAN_STALE' });
    expect(`${error?.text.what} ${error?.text.next}`).toMatch(/no longer on top.* --abandon/);
    expect(readRefs()['refs/heads/main']).toBe(before);
  });

  it('F41: is refused when it happens in the last moment; neither the tag nor the record moves', async () => {
    const ended = await deploy({ between: async () => strange() });
    expect(ended).toMatchObject({ verdict: 'failed', error: { code: 'E_PUSH_REFUSED' } });
    expect(readRefs()['refs/tags/v2.1.0']).toBeUndefined();
    expect(await typesOf()).not.toContain('fact');
  });
});

describe('a tag that somebody else has set', limit, () => {
  const retag = (to: string) => origin.git(['update-ref', 'refs/tags/v2.1.0', to]);

  it('T41: is not overwritten: neither it, nor main, nor the record moves', async () => {
    const theirs = commit('2.0.9', main);
    const ended = await deploy({ between: async () => void retag(theirs) });
    expect(ended).toMatchObject({ verdict: 'failed', error: { code: 'E_PUSH_REFUSED' } });
    expect(readRefs()).toMatchObject({ 'refs/tags/v2.1.0': theirs, 'refs/heads/main': main });
    expect(await typesOf()).not.toContain('fact');
  });
});

describe('another ledger', limit, () => {
  it('adds nothing to the push where it is kept elsewhere', async () => {
    let sent: readonly string[] = [];
    const elsewhere = ({ fence: _, ...rest }: Ledger): Ledger => rest;
    const between = async (moves: readonly RefMove[]) => {
      sent = moves.map(({ ref }) => ref);
    };
    expect((await deploy({ ledger: elsewhere, between })).verdict).toBe('completed');
    expect(sent).toEqual(['refs/heads/main', 'refs/tags/v2.1.0']);
  });

  it('F74: of another environment has a record of its own, written at the same time', async () => {
    const scope = 'shop/staging';
    const ended = await deploy({
      between: async () => {
        const dev = origin.open('dev');
        const held = await dev.acquire(scope, { run: 'r-dev', actor: 'dev', reason: 'staging' });
        await dev.append(held, factEvent('there', 'there', 'r-dev'));
      },
    });
    expect(ended.verdict).toBe('completed');
    expect(await typesOf(scope)).toEqual(['lock.acquired', 'fact']);
    expect(Object.keys(readRefs()).filter((ref) => ref.startsWith('refs/release/'))).toEqual([
      RECORD,
      'refs/release/shop/staging',
    ]);
  });
});
