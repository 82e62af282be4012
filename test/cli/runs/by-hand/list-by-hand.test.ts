import { describe, expect, it } from 'vitest';
import { listByHand } from '../../../../src/cli/runs/by-hand/list-by-hand.ts';
import type { RunState } from '../../../../src/ledger/fold.ts';
import { planRollback } from '../../../../src/plans/plan-rollback.ts';
import type { RollbackFacts } from '../../../../src/plans/rollback-facts.ts';
import { makeRunbook } from '../../../support/policy.ts';

const COMMIT = 'c'.repeat(40);
const facts: RollbackFacts = {
  from: 'v2.1.0',
  to: 'v2.0.3',
  main: 'a'.repeat(40),
  treeIsThere: false,
  isCodeAway: false,
  commit: COMMIT,
  covers: [],
  data: { kind: 'down', commit: 'd'.repeat(40), tags: ['0042_a', '0043_b'] },
  readsData: true,
  at: '2026-11-24T15:00:00.000Z',
  reason: 'errors',
  severity: 'P0',
  configDigest: 'd1',
  run: 'r-1',
};
const host = (over: object) => {
  const plain = makeRunbook();
  const { production } = plain.environments;
  return makeRunbook({ environments: { production: { ...production, host: over } } });
};

function listAfter(done: readonly string[], over: Partial<RollbackFacts> = {}, runbook = makeRunbook()) {
  const plan = planRollback({ ...facts, ...over }, runbook, 'production');
  const entries = Object.fromEntries(
    done.map((name) => [
      name,
      { state: 'done', how: 'effect', done: {}, tookMs: 1, at: '1', startedAt: '1' },
    ]),
  );
  const state = { plan, entries, facts: {} } as unknown as RunState;
  const environment = runbook.environments.production;
  if (environment === undefined) throw new Error('no production');
  return listByHand({ plan, state, runbook, environment, root: "/srv/o'brien" });
}
const says = (lines: ReturnType<typeof listAfter>) => lines.map((one) => one.says);

describe('what is left of a rollback, as command lines', () => {
  it('stands there in the order of the plan, and only what is left', () => {
    expect(says(listAfter([]))).toEqual([
      'put the tree of v2.0.3 on top of main, as soon as the remote answers',
      'publish v2.0.3',
      'see that it is v2.0.3 that answers',
      'take the migration 0043_b back',
      'take the migration 0042_a back',
    ]);
    const most = ['maintenance-on', 'restore-commit', 'publish', 'prove-live', 'revert:0043_b'];
    expect(says(listAfter(most))).toEqual([
      'take the migration 0042_a back',
      'let users in again, once the application is good',
    ]);
  });

  it('RBX-6.4: sends users to the application again, where they were sent away', () => {
    const plain = makeRunbook();
    const hook = { command: './cdn.sh normal' };
    const production = {
      ...plain.environments.production,
      traffic: { away: hook, normal: hook, verify: hook },
    };
    const lines = listAfter(['traffic-away'], {}, makeRunbook({ environments: { production } }));
    expect(lines.at(-1)).toMatchObject({ says: 'send users to the application again' });
    expect(lines.at(-1)?.line).toMatch(/RELEASE_ENV='production' && \.\/cdn\.sh normal$/);
  });

  it('RBX-3B3: publishes once more what was accepted and did not answer', () => {
    expect(says(listAfter(['restore-commit', 'publish']))[0]).toBe('publish v2.0.3');
  });

  it('E-32: pushes to main without force, on top of what is there then', () => {
    const [line] = listAfter([]);
    expect(line?.line).toContain("fetch -q 'origin' 'main' tag 'v2.0.3' && ");
    expect(line?.line).toContain("commit-tree 'refs/tags/v2.0.3^{tree}' -p FETCH_HEAD");
    expect(line?.line).not.toMatch(/force|\+/);
  });

  it('RBX-3A: names the commit, or how a shell finds it while there is none', () => {
    const command = host({ strategy: 'command', publish: './ops/publish.sh' });
    const line = (over: Partial<RollbackFacts>) =>
      listAfter([], over, command).find((one) => one.says === 'publish v2.0.3')?.line;
    expect(line({ isCodeAway: true })).toBe(
      `cd '/srv/o'\\''brien' && export RELEASE_VERSION='v2.0.3' RELEASE_COMMIT='${COMMIT}' RELEASE_ENV='production' RELEASE_MARKER=by-hand && ./ops/publish.sh`,
    );
    expect(line({})).toContain('RELEASE_COMMIT="$(git -C');
  });

  it('RBX-4B1: takes a migration back with its line of the journal in one transaction, secrets by name', () => {
    const line = listAfter([]).find((one) => one.says.includes('0043_b'))?.line;
    expect(line).toContain(`show '${'d'.repeat(40)}:migrations/0043_b_rollback.sql'`);
    expect(line).toContain('delete from drizzle.__drizzle_migrations where hash =');
    expect(line).toMatch(/psql "\$DATABASE_URL" -X -q \$\(.*\|\| echo -1\) -v ON_ERROR_STOP=1$/);
  });

  it('RBX-4A1, E-48: restores with the name under which the present state stays', () => {
    const data = {
      kind: 'restore',
      at: '2026',
      lsn: '0/16B3748',
      xid: '7',
      keepAs: 'kept',
      agreedMinutes: 3,
    } as const;
    const line = listAfter([], { data }).find((one) => one.says.startsWith('restore'))?.line;
    expect(line).toContain('"source_lsn":"0/16B3748","preserve_under_name":"kept"');
    expect(line).toContain('Authorization: Bearer $NEON_API_KEY');
  });
});
