import type { CommandResult } from '../../src/cli/command.ts';
import type { GlobalFlags, Terminal } from '../../src/cli/context.ts';
import type { Wired } from '../../src/cli/wired.ts';
import type { Runbook } from '../../src/config/schema/index.ts';
import { ReleaseError } from '../../src/domain/failure.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { Version } from '../../src/domain/version.ts';
import type { Check } from '../../src/kit.ts';
import type { CommitLine, GitPort, LastSeen, TagFacts } from '../../src/services/git/port.ts';
import type { ServiceName, Services } from '../../src/services/services.ts';
import { steps } from '../../src/steps/index.ts';
import { MemoryLedger, MemoryStore } from '../support/memory/ledger.ts';
import { makeRunbook } from '../support/policy.ts';
import { planOf } from '../support/run-events.ts';
import { makeTestContext } from '../support/test-context.ts';
import { makeTestWired } from '../support/test-wired.ts';

const SCOPE = 'rur2/production';

/** A release tag with what the test says about it. */
export const tagOf = (version: string, trailers: Readonly<Record<string, string>> = {}): TagFacts => ({
  version: version as Version,
  annotated: true,
  object: `o${version}`.padEnd(40, '0'),
  commit: `c${version}`.padEnd(40, '0'),
  at: '2025-09-01T14:00:00.000Z',
  trailers,
});

interface Origin {
  /** Branch → tip. */
  readonly branches?: Readonly<Record<string, string>>;
  /** Newest first, as the port lists them. */
  readonly tags?: readonly TagFacts[];
  readonly sameTree?: boolean;
  /** What came to main behind its newest release. */
  readonly later?: readonly CommitLine[];
  /** What this machine saw last; undefined: it never saw anything. */
  readonly lastSeen?: LastSeen;
  readonly files?: Readonly<Record<string, string>>;
}

/** Origin as values; `asked` is every call in its order, changing ones included. */
function makeGit(
  { branches = {}, tags = [], sameTree = false, later = [], lastSeen, files = {} }: Origin,
  asked: string[],
) {
  const told = <T>(call: string, answer: T): Promise<T> => {
    asked.push(`git.${call}`);
    return Promise.resolve(answer);
  };
  const git: Partial<GitPort> = {
    sync: () => told('sync', undefined),
    branchTip: (branch) => told('branchTip', branches[branch]),
    tag: (version) =>
      told(
        'tag',
        tags.find((one) => one.version === version),
      ),
    versions: () =>
      told(
        'versions',
        tags.map((one) => one.version),
      ),
    branches: (prefix) =>
      told(
        'branches',
        Object.keys(branches).filter((name) => name.startsWith(prefix)),
      ),
    readFile: (_, path) => told('readFile', files[path]),
    listFiles: () => told('listFiles', Object.keys(files)),
    changedFiles: () => told('changedFiles', Object.keys(files)),
    sameTree: () => told('sameTree', sameTree),
    contains: () => told('contains', true),
    ownCommits: () => told('ownCommits', later),
    lastSeen: () => told('lastSeen', lastSeen),
    makeRelease: () => told('makeRelease', { commit: 'f'.repeat(40), tag: 'e'.repeat(40) }),
    makeRestore: () => told('makeRestore', { commit: 'f'.repeat(40) }),
    push: () => told('push', undefined),
    tryPush: () => told('tryPush', undefined),
    remoteRefs: (refs) =>
      told(
        'remoteRefs',
        Object.fromEntries(refs.map((ref) => [ref, branches[ref.replace('refs/heads/', '')] ?? ''])),
      ),
  };
  return git;
}

export interface WantedWorld extends Origin {
  readonly command?: string;
  readonly flags?: Partial<GlobalFlags>;
  readonly terminal?: Partial<Terminal>;
  readonly answers?: readonly string[];
  readonly runbook?: Runbook;
  readonly configured?: readonly ServiceName[];
  readonly checks?: readonly Check[];
  readonly missing?: Wired['missing'];
  readonly live?: () => Promise<{ version: string; latencyMs: number }>;
  readonly services?: { readonly [K in ServiceName]?: Partial<Services[K]> };
}

/** How a command ended: its result, or the code and the next step of its refusal. */
export const endOf = (work: Promise<CommandResult>) =>
  work.then(
    (result) => ({ result, code: undefined, next: '' }),
    (error: unknown) => {
      if (!(error instanceof ReleaseError)) throw error;
      return { result: undefined, code: error.code, next: error.text.next };
    },
  );

/** Git alone, no database, no host: the smallest release there is. */
export const gitAlone = (over: Record<string, unknown> = {}): Runbook =>
  makeRunbook({
    environments: { production: { url: 'https://rur2.example', protected: true } },
    services: {},
    migrations: undefined,
    integrity: [],
    ...over,
  });

/** A program, a person and a world made of values. The ledger is the memory one, so that runs really start. */
export function makeCliWorld(wanted: WantedWorld = {}) {
  const asked: string[] = [];
  const { runbook = gitAlone(), live, configured = live ? ['git', 'host'] : ['git'] } = wanted;
  const told = makeTestContext({
    command: wanted.command ?? 'deploy',
    flags: wanted.flags ?? {},
    terminal: wanted.terminal ?? {},
    answers: wanted.answers ?? [],
  });
  const store = new MemoryStore();
  const { clock } = told.context;
  const ledger = new MemoryLedger(store, { actor: 'Dana Ito', host: 'dana-mbp', clock });
  const askLive = (): ReturnType<NonNullable<typeof live>> => {
    asked.push('host.liveVersion');
    return live?.() ?? Promise.reject(new TypeError('no host here'));
  };
  const wired: Wired = {
    ...makeTestWired({ checks: wanted.checks ?? [], missing: wanted.missing ?? [] }).wired,
    runbook,
    environment: runbook.environments.production as Wired['environment'],
    scope: SCOPE,
    ledger,
    clock,
    steps,
    configured: new Set(configured),
    services: {
      git: makeGit(wanted, asked),
      host: { liveVersion: askLive },
      ...wanted.services,
    } as unknown as Services,
  };
  const entriesOf = (type: string) => (store.scopes.get(SCOPE)?.events ?? []).filter((e) => e.type === type);
  return { ...told, questions: told.asked, wired, asked, store, ledger, entriesOf, past: makePast(ledger) };
}

type End = 'completed' | 'failed' | 'abandoned' | 'open';

/** Earlier runs, written into the ledger as the engine would. */
export function makePast(ledger: MemoryLedger) {
  let nth = 0;
  return async (
    command: Plan['command'],
    [from, version]: readonly [string, string],
    end: End = 'completed',
    facts: Readonly<Record<string, JsonObject>> = {},
  ): Promise<string> => {
    nth += 1;
    const run = `r-past-${nth}`;
    const plan = { ...planOf(2), command, from, version, service: 'rur2' };
    const held = await ledger.acquire(SCOPE, { run, actor: 'Dana Ito', reason: `${command} ${version}` });
    const data = { plan, request: {}, configDigest: 'd1' };
    await ledger.append(held, { id: `${run}:planned`, run, type: 'run.planned', data });
    for (const [name, value] of Object.entries(facts))
      await ledger.append(held, { id: `${run}:${name}`, run, type: 'fact', data: { name, value } });
    const last = { id: `${run}:end`, run };
    if (end === 'abandoned')
      await ledger.append(held, { ...last, type: 'run.abandoned', data: { reason: 'left as it is' } });
    else if (end !== 'open')
      await ledger.append(held, { ...last, type: 'run.finished', data: { verdict: end, said: '' } });
    await ledger.release(held, end);
    return run;
  };
}
