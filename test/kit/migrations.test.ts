import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrations } from '../../src/kit/migrations.ts';
import { makeGit } from '../../src/services/git/real.ts';
import { makeShell } from '../../src/services/shell/real.ts';
import { failureOf } from '../support/failure-of.ts';
import { makeTempOrigin, type TempOrigin } from '../support/temp-origin.ts';

const settings = {
  folder: 'migrations',
  journalFile: 'migrations/_journal.json',
  journal: 'drizzle',
  rollbackSuffix: '.rollback.sql',
  lockTimeoutSeconds: 5,
  statementTimeoutSeconds: 60,
  lintNotes: false,
  lockTries: 1,
} as const;
const TAGS = ['0001_first', '0002_second', '0003_third'];

let place: TempOrigin;
let whole: string;
let torn: string;
beforeAll(() => {
  place = makeTempOrigin();
  mkdirSync(join(place.work, 'migrations'));
  for (const tag of TAGS) writeFileSync(join(place.work, `migrations/${tag}.sql`), `select '${tag}';`);
  writeFileSync(join(place.work, 'migrations/0002_second.rollback.sql'), 'select 2;');
  const entries = TAGS.map((tag, idx) => ({ idx, version: '7', when: idx + 1, tag, breakpoints: true }));
  const journal = JSON.stringify({ version: '7', dialect: 'postgresql', entries });
  place.git('add', '--', '.');
  whole = place.commit('migrations/_journal.json', journal);
  place.git('rm', '--quiet', '--', 'migrations/0003_third.sql');
  torn = place.commit('note.txt', 'a file is gone');
  place.git('push', '--quiet', 'origin', 'main');
});
afterAll(() => place.remove());

/** The git calls that reading took, by their command. */
async function read(commit: string) {
  const calls: string[] = [];
  const shell = makeShell();
  const git = makeGit({
    shell: {
      ...shell,
      program: (name, args, order) => {
        calls.push(args.join(' '));
        return shell.program(name, args, order);
      },
      talk: (name, args, order) => {
        calls.push('a talk');
        return shell.talk(name, args, order);
      },
    },
    remote: place.origin,
    cacheFolder: join(place.folder, 'cache'),
    checkoutFolder: place.work,
    identity: { name: 'release', email: 'release@example.com' },
  });
  await git.sync();
  calls.length = 0;
  return { files: await readMigrations(git, commit, settings), calls: calls.sort() };
}

describe('the migrations of a commit', () => {
  it('come in the order of the journal, with their rollback where there is one', async () => {
    const { files } = await read(whole);
    expect(files.map(({ tag, when, rollbackSql }) => ({ tag, when, rollbackSql }))).toEqual([
      { tag: '0001_first', when: 1, rollbackSql: undefined },
      { tag: '0002_second', when: 2, rollbackSql: 'select 2;' },
      { tag: '0003_third', when: 3, rollbackSql: undefined },
    ]);
  });

  it('are read by one process of git, however many files there are', async () => {
    const { calls } = await read(whole);
    expect(calls).toEqual(['a talk']);
  });

  it('are refused when the journal names a file that is not there', async () => {
    const failure = await failureOf(read(torn));
    expect(failure).toMatchObject({ code: 'E_MIGRATION_MISSING' });
  });
});
