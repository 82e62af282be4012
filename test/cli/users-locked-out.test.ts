import { expect, it } from 'vitest';
import { runDeploy } from '../../src/cli/deploy/run-deploy.ts';
import { readRollback } from '../../src/cli/facts/read-rollback-facts.ts';
import { parseWords } from '../../src/cli/program.ts';
import { runRollback } from '../../src/cli/rollback/run-rollback.ts';
import { sha256 } from '../../src/ledger/digest.ts';
import { makeRunbook } from '../support/policy.ts';
import { makeCliWorld, tagOf } from './cli-world.ts';

const inFull = { yes: true, env: 'production', envIsTyped: true };
const liveBehind = (version: string, maintenance?: boolean) => async () => ({
  version,
  latencyMs: 1,
  ...(maintenance === undefined ? {} : { maintenance }),
});
const origin = {
  branches: { main: 'a'.repeat(40), 'release/v2.1.0': 'b'.repeat(40) },
  tags: [tagOf('v2.1.0'), tagOf('v2.0.3')],
  sameTree: true,
  flags: inFull,
};

const rollBack = (live: ReturnType<typeof liveBehind>) => {
  const { args, options } = parseWords(['rollback', '--to', 'v2.0.3'], {});
  const world = makeCliWorld({ command: 'rollback', ...origin, live });
  return { world, run: () => runRollback(args, options, world.context, world.wired) };
};
const deploy = (live: ReturnType<typeof liveBehind>) => {
  const { args, options } = parseWords(['deploy', 'v2.1.0'], {});
  const world = makeCliWorld({ ...origin, live });
  return { world, run: () => runDeploy(args, options, world.context, world.wired) };
};

it('F65: a rollback is not "already there" while the application keeps users out', async () => {
  const { world, run } = rollBack(liveBehind('2.0.3', true));
  expect((await run()).text).not.toContain('Nothing to do');
  expect(world.entriesOf('run.planned')).toHaveLength(1);
});

it('F65: the application’s own word counts more than the ledger’s', async () => {
  const { world, run } = rollBack(liveBehind('2.0.3', false));
  expect((await run()).text).toContain('Nothing to do');
  expect(world.entriesOf('run.planned')).toHaveLength(0);
});

it('F65: a deploy of what is live behind maintenance says that users are locked out, with exit 7', async () => {
  const result = await deploy(liveBehind('2.1.0', true)).run();
  expect(result).toMatchObject({
    exitCode: 7,
    verdict: 'unsafe',
    text: '  ▲ v2.1.0 is live on production, but maintenance mode is on: users are locked out.',
  });
  expect(result.next[0]).toBe('release rollback --to v2.1.0 --env production');
});

it('F65: a deploy of what is live for everybody has nothing to do', async () => {
  expect(await deploy(liveBehind('2.1.0')).run()).toMatchObject({ exitCode: 0 });
});

it('E-88: a migration that was edited later is still the older version’s own, and stays', async () => {
  const runbook = makeRunbook({ migrations: { journal: 'schema_migrations' } });
  const older = tagOf('v2.0.3');
  const text = (commit: string): string =>
    commit === older.commit ? 'create table a ()' : '-- why\ncreate table a ()';
  const journal = JSON.stringify({ entries: [{ idx: 0, when: 1, tag: '0041_a', breakpoints: true }] });
  const { wired } = makeCliWorld({
    ...origin,
    runbook,
    configured: ['git', 'postgres'],
    services: { postgres: { appliedMigrations: async () => [{ name: '0041_a' }] } },
  });
  const git = {
    ...wired.services.git,
    readFile: async (commit: string, path: string) => {
      if (path.endsWith('_journal.json')) return journal;
      return path.endsWith('_rollback.sql') ? 'drop table a' : text(commit);
    },
    listFiles: async () => ['migrations/0041_a.sql', 'migrations/0041_a_rollback.sql'],
  };
  expect(sha256(text(older.commit))).not.toBe(sha256(text('newer')));
  const request = { to: older.version, db: 'auto', reason: 'r', severity: 'P1', run: 'r-1' } as const;
  const none = () => Promise.reject(new TypeError('no restore was asked for'));
  const { facts } = await readRollback({ ...wired, services: { ...wired.services, git } }, request, none);
  expect(facts.data).toEqual({ kind: 'none' });
});
