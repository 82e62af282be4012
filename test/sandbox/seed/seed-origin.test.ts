import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findOutOfOrder, readJournal } from '../../../src/domain/journal.ts';
import { readLockfile } from '../../../src/domain/parity/read-lockfile.ts';
import { readReleaseNotes } from '../../../src/domain/release-notes.ts';
import type { Version } from '../../../src/domain/version.ts';
import { readMigrations } from '../../../src/kit/migrations.ts';
import { hitsAmong, readBehaviour } from '../../../src/sandbox/app/behaviour.ts';
import { prepareBadRelease } from '../../../src/sandbox/seed/prepare-bad-release.ts';
import { type SeededOrigin, seedOrigin } from '../../../src/sandbox/seed/seed-origin.ts';
import type { GitPort } from '../../../src/services/git/port.ts';
import { makeGit } from '../../../src/services/git/real.ts';
import { makeShell } from '../../../src/services/shell/real.ts';
import { makePolicy } from '../../support/policy.ts';

const settings = makePolicy().runbook.migrations as NonNullable<
  ReturnType<typeof makePolicy>['runbook']['migrations']
>;
let folder: string;
let origin: SeededOrigin;
let git: GitPort;

const open = async (name: string, cache: string): Promise<GitPort> => {
  const opened = makeGit({
    shell: makeShell(),
    remote: join(folder, name),
    cacheFolder: join(folder, cache),
    checkoutFolder: folder,
    identity: { name: 'RuR2 Release', email: 'release@example.com' },
  });
  await opened.sync();
  return opened;
};

const program = (name: string, ...args: string[]): string =>
  execFileSync('git', ['--git-dir', join(folder, name), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'release-seed-'));
  origin = await seedOrigin(join(folder, 'origin.git'));
  git = await open('origin.git', 'cache');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const release = async (version: Version, at: string) => {
  const branchName = `release/${version}`;
  await git.sync();
  const [main = '', branch = ''] = [await git.branchTip('main'), await git.branchTip(branchName)];
  const made = await git.makeRelease({ version, main, branch, branchName, at, trailers: {} });
  await git.push([
    { ref: 'refs/heads/main', from: main, to: made.commit },
    { ref: `refs/tags/${version}`, from: null, to: made.tag },
  ]);
  await git.sync();
  return made;
};

describe('the seeded repository', () => {
  it('is the same on every machine, whatever its user has configured', async () => {
    const config = join(folder, 'hostile-config');
    writeFileSync(
      config,
      '[user]\n\tname = Somebody\n[init]\n\tdefaultBranch = trunk\n[commit]\n\tgpgSign = true\n',
    );
    const before = { ...process.env };
    const hostile = {
      GIT_DIR: '/nowhere',
      GIT_CONFIG_GLOBAL: config,
      HOME: folder,
      TZ: 'Asia/Tokyo',
      GIT_AUTHOR_NAME: 'Somebody',
    };
    Object.assign(process.env, hostile);
    try {
      expect(await seedOrigin(join(folder, 'second.git'))).toEqual({
        ...origin,
        folder: join(folder, 'second.git'),
      });
    } finally {
      for (const name of Object.keys(hostile)) delete process.env[name];
      Object.assign(process.env, before);
    }
    expect(origin.tips.main).toBe('96514194f0d830166d11f510ea85a4370152fdd5');
    expect(origin.tips['release/v2.1.0']).toBe('0a42ebcca5a36aac94e42de2610d710878ce31eb');
  });

  it('is bare, whole and without hooks', () => {
    expect(program('origin.git', 'fsck', '--strict')).toBe('');
    expect(program('origin.git', 'symbolic-ref', 'HEAD')).toBe('refs/heads/main');
    expect(existsSync(join(folder, 'origin.git', 'hooks'))).toBe(false);
    expect(Object.keys(origin.tips).sort()).toEqual(['develop', 'main', 'release/v2.1.0']);
  });

  it('has v2.0.0 to v2.0.3 on main by merges, with annotated tags that carry what a way back needs', async () => {
    expect(await git.versions()).toEqual(['v2.1.0-rc.1', 'v2.0.3', 'v2.0.2', 'v2.0.1', 'v2.0.0']);
    expect(origin.versions).toEqual(['v2.0.0', 'v2.0.1', 'v2.0.2', 'v2.0.3']);
    const tag = await git.tag('v2.0.3');
    expect(tag).toMatchObject({ annotated: true, commit: origin.tips.main });
    expect(tag?.trailers).toEqual({
      'Release-Run': '2025-09-23-v2.0.3',
      'Release-Environment': 'production',
      'Previous-Version': 'v2.0.2',
      'Previous-Sha': origin.commits['v2.0.2'],
      'Migrations-Applied': '0041_open_exports',
    });
    expect(program('origin.git', 'rev-list', '--first-parent', '--count', 'main')).toBe('4');
    expect(program('origin.git', 'rev-list', '--merges', '--count', 'main')).toBe('5');
  });

  it('DAY-18: has a candidate that merges cleanly and brings two migrations, each with a way back', async () => {
    const [main = '', branch = ''] = [origin.tips.main, origin.tips['release/v2.1.0']];
    expect(await git.predictMerge(main, branch)).toEqual({ clean: true, conflicts: [], sameAsBranch: true });
    expect(await git.contains(branch, origin.tips.develop ?? '')).toBe(true);
    expect((await git.tag('v2.1.0-rc.1'))?.commit).toBe(branch);
    const known = await readMigrations(git, main, settings);
    const files = await readMigrations(git, branch, settings);
    expect(files.slice(0, known.length)).toEqual(known);
    expect(files.slice(known.length).map(({ tag }) => tag)).toEqual([
      '0042_add_due_date',
      '0043_export_queue',
    ]);
    expect(files.every(({ rollbackSql }) => (rollbackSql ?? '').includes('DROP'))).toBe(true);
    const journal = (await git.readFile(branch, settings.journalFile)) ?? '';
    expect(findOutOfOrder(readJournal(journal, 'journal'))).toEqual([]);
  });

  it('COM-01d: tells features and fixes of the candidate', async () => {
    const tip = origin.tips['release/v2.1.0'] ?? '';
    expect(JSON.parse((await git.readFile(tip, 'package.json')) ?? '{}').version).toBe('2.1.0');
    const notes = readReleaseNotes((await git.readFile(tip, 'CHANGELOG.md')) ?? '', 'v2.1.0');
    expect(notes).toMatchObject({
      features: [{ title: 'Due dates' }, { title: 'Export queue' }],
      fixes: 2,
      critical_fixes: 1,
    });
  });

  it('E-53: has a candidate that changes four packages of its lockfile, in a commit of its own', async () => {
    const read = async (commit = '') =>
      readLockfile((await git.readFile(commit, 'package-lock.json')) ?? '', 'package-lock.json');
    const [before, after] = [await read(origin.tips.main), await read(origin.tips['release/v2.1.0'])];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    const changed = names.filter((name) => before[name]?.version !== after[name]?.version).sort();
    expect(changed).toEqual(['jose', 'jsonwebtoken', 'stripe', 'zod']);
  });

  it('has commits that bring what they say', async () => {
    const lines = await git.commitsBetween(origin.tips.main ?? '', origin.tips['release/v2.1.0'] ?? '');
    const [first] = lines.filter(({ subject }) => subject === 'Migration 0042_add_due_date');
    expect(program('origin.git', 'show', '--format=', '--name-only', first?.sha ?? '').split('\n')).toEqual([
      'migrations/0042_add_due_date.sql',
      'migrations/0042_add_due_date_rollback.sql',
      'migrations/meta/_journal.json',
    ]);
    expect(lines.every(({ author }) => / Example$|^RuR2 Release$/.test(author))).toBe(true);
  });
});

describe('the bad release', () => {
  it('stands on top of what main is then, passes smoke tests and fails over 5 % of ordinary traffic', async () => {
    const made = await release('v2.1.0', '2025-09-30T14:00:00.000Z');
    const bad = await prepareBadRelease(origin.folder);
    expect(await prepareBadRelease(origin.folder)).toEqual(bad);
    await git.sync();
    expect(bad).toEqual({ branch: 'release/v2.2.0', commit: await git.branchTip('release/v2.2.0') });
    expect(program('origin.git', 'rev-parse', `${bad.commit}^`)).toBe(made.commit);
    expect((await git.tag('v2.2.0-rc.1'))?.commit).toBe(bad.commit);
    const { faults } = await readBehaviour((await git.readFile(bad.commit, 'app/behaviour.json')) ?? '');
    expect(faults.map(({ route }) => route)).toEqual([
      'POST /api/payments/webhook',
      'GET /api/assessments/:id',
    ]);
    for (const { share, afterRequests, growsOverRequests } of faults) {
      expect(afterRequests).toBeGreaterThan(59 + 2);
      expect(hitsAmong(130, share, growsOverRequests) / 100).toBeGreaterThan(0.05);
    }
    const pending = (await readMigrations(git, bad.commit, settings)).map(({ tag }) => tag);
    expect(pending.at(-1)).toBe('0044_webhook_retries');
  });

  it('is cut anew when main has moved meanwhile', async () => {
    const main = (await git.branchTip('main')) ?? '';
    const restored = await git.makeRestore({
      version: 'v2.0.3',
      main,
      at: '2025-10-01T00:00:00Z',
      reason: 'x',
    });
    await git.push([{ ref: 'refs/heads/main', from: main, to: restored.commit }]);
    const bad = await prepareBadRelease(origin.folder);
    expect(program('origin.git', 'rev-parse', `${bad.commit}^`)).toBe(restored.commit);
    await git.sync();
    expect(await git.predictMerge(restored.commit, bad.commit)).toMatchObject({
      clean: true,
      sameAsBranch: true,
    });
  });
});
