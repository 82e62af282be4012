import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findFiles } from '../../../src/cli/preflight/files/find-files.ts';
import { matchPath } from '../../../src/cli/preflight/files/match-path.ts';
import { runFiles } from '../../../src/cli/preflight/run-files.ts';
import { makeTestContext } from '../../support/test-context.ts';

const folders: string[] = [];

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'release-files-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const GOOD = {
  'migrations/0001_a.sql': 'ALTER TABLE users ADD COLUMN a text;',
  'migrations/0001_a_rollback.sql': 'ALTER TABLE users DROP COLUMN a;',
};

async function judge(files: Readonly<Record<string, string>>, options = {}, args: readonly string[] = []) {
  const { context, stderr } = makeTestContext({ command: 'preflight' });
  const inside = { ...context, cwd: folderOf(files) };
  const given = { files: ['migrations/*.sql'], only: ['migrations.*'], ...options };
  return { result: await runFiles(args, given, inside), stderr };
}

describe('preflight --files', () => {
  it('MIG-02: says GO for files that only add, where there is no configuration, repository or database', async () => {
    const { result, stderr } = await judge(GOOD);
    expect(result).toMatchObject({ exitCode: 0, verdict: 'go', result: { score: { pass: 2 } } });
    expect(result.text).toContain('migrations   2/2');
    expect(stderr()).toBe('');
  });

  it('MIG-02: says NO-GO with place, rule and the whole line to paste', async () => {
    const sql = '-- é\nALTER TABLE users DROP COLUMN email;\n';
    const { result } = await judge({ ...GOOD, 'migrations/0001_a.sql': sql });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'no-go' });
    expect(result.text).toContain('migrations/0001_a.sql:2:1  drop-column');
    expect(result.text).toMatch(/^ {2}-- release-lint: allow drop-column reason="…" hash=[0-9a-f]{12}$/m);
  });

  it('MIG-03: wants a rollback script beside each file', async () => {
    const { result } = await judge({ 'migrations/0001_a.sql': GOOD['migrations/0001_a.sql'] });
    expect(result).toMatchObject({ exitCode: 3, verdict: 'no-go' });
    expect(result.text).toContain('migrations/0001_a.sql:1:1  missing-rollback-file');
  });

  it('MIG-02: says so when the configuration has problems, and judges all the same', async () => {
    const { result, stderr } = await judge({ ...GOOD, 'runbook.config.yaml': 'service: [' });
    expect(result.exitCode).toBe(0);
    expect(stderr()).toContain('The configuration has problems and is not used');
  });

  it('ends with a usage error for a pattern that matches nothing', async () => {
    await expect(judge(GOOD, { files: ['migration/*.sql'] })).rejects.toMatchObject({ code: 'E_FILES_NONE' });
    await expect(judge(GOOD, { files: ['migrations/0001_b.sql'] })).rejects.toThrow(
      'Did you mean "migrations/0001_a.sql"?',
    );
  });

  it('ends with a usage error for a version beside the files', async () => {
    await expect(judge(GOOD, {}, ['v2.1.0'])).rejects.toMatchObject({ code: 'E_FLAG_REFUSED' });
  });

  it('refuses to ask a check that cannot look at files', async () => {
    await expect(judge(GOOD, { only: ['database.*'] })).rejects.toMatchObject({ code: 'E_CHECK_UNKNOWN' });
  });
});

describe('the files that are meant', () => {
  const tree = { 'a/1.sql': '', 'a/b/2.sql': '', 'a/x.txt': '', 'node_modules/3.sql': '' };

  it('are found by pattern, name and folder, each once', () => {
    const cwd = folderOf(tree);
    expect(findFiles(cwd, ['a/*.sql'])).toEqual(['a/1.sql']);
    expect(findFiles(cwd, ['**/*.sql'])).toEqual(['a/1.sql', 'a/b/2.sql']);
    expect(findFiles(cwd, ['a', './a/1.sql', 'a/b/2.sql'])).toEqual(['a/1.sql', 'a/b/2.sql']);
    expect(findFiles(cwd, ['a/{b/2,1}.sql'])).toEqual(['a/1.sql', 'a/b/2.sql']);
  });

  it.each([
    ['a/*.sql', 'a/b.sql', true],
    ['a/*.sql', 'a/b/c.sql', false],
    ['a/**/*.sql', 'a/c.sql', true],
    ['a/?.sql', 'a/bb.sql', false],
    ['a.b/*', 'axb/c', false],
    ['a/(1)+*.sql', 'a/(1)+x.sql', true],
  ])('match as people expect: %s and %s', (pattern, path, expected) => {
    expect(matchPath(pattern)(path)).toBe(expected);
  });
});
