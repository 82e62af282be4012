import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Stopped } from '../../../../src/cli/runs/by-hand/by-hand.ts';
import { revertByHand } from '../../../../src/cli/runs/by-hand/data-by-hand.ts';
import type { PlannedStep } from '../../../../src/domain/plan.ts';
import { makeRunbook } from '../../../support/policy.ts';

/** A folder with the copy of the code that a rollback reads, and a psql that tells how it was called. */
function makeFolder(script: string) {
  const root = mkdtempSync(join(tmpdir(), 'by-hand-'));
  const work = join(root, 'work');
  const bin = join(root, 'bin');
  for (const folder of [join(work, 'migrations'), bin]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(work, 'migrations/0043_b.sql'), 'create index i on t (a);\n');
  writeFileSync(join(work, 'migrations/0043_b_rollback.sql'), script);
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@t', ...words], {
      cwd: work,
      encoding: 'utf8',
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'x');
  const commit = git('rev-parse', 'HEAD').trim();
  git('clone', '-q', '--bare', work, join(root, '.release', 'git'));
  writeFileSync(join(bin, 'psql'), '#!/bin/sh\necho "args: $*"\ncat\n');
  chmodSync(join(bin, 'psql'), 0o755);
  return { root, bin, commit };
}

function runByHand(script: string): string {
  const { root, bin, commit } = makeFolder(script);
  const runbook = makeRunbook();
  const environment = runbook.environments.production;
  const entry = { input: { env: 'production', commit, tag: '0043_b' } } as unknown as PlannedStep;
  const [told] = revertByHand(entry, { runbook, environment, root } as unknown as Stopped);
  const env = { PATH: `${bin}:${process.env.PATH ?? ''}`, DATABASE_URL: 'postgres://here' };
  return execFileSync('sh', ['-c', told?.line ?? ''], { env, encoding: 'utf8' });
}

it('RBX-4B1, E-49: a script goes into one transaction with its line of the journal', () => {
  const told = runByHand('drop index i;\n');
  expect(told).toContain('args: postgres://here -X -q -1 -v ON_ERROR_STOP=1');
  expect(told).toMatch(
    /drop index i;[\s\S]*delete from drizzle\.__drizzle_migrations where hash = '[0-9a-f]{64}';/,
  );
});

it.each([
  'drop index concurrently i;\n',
  'DROP INDEX CONCURRENTLY i;\n',
  'reindex (concurrently) table t;\n',
])('RBX-4B1: one that PostgreSQL refuses in a transaction goes without, the journal last: %s', (script) => {
  const told = runByHand(script);
  expect(told).toContain('args: postgres://here -X -q -v ON_ERROR_STOP=1');
  expect(told.trim().endsWith("';")).toBe(true);
});
