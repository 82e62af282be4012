import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makePrepareWorld, type PrepareWorld } from './prepare-world.ts';

const MIGRATIONS = `versionFiles: [package.json] }
migrations: { folder: drizzle, journalFile: drizzle/meta/_journal.json, rollbackSuffix: _rollback.sql`;

let world: PrepareWorld;
let tags: string[];

/** A migration with its place in the journal, committed on the branch that is checked out. */
function migrate(tag: string, sql: string, back?: string): void {
  tags.push(tag);
  const entries = tags.map((name, idx) => ({ idx, version: '7', when: 1000 + idx, tag: name }));
  if (back !== undefined) world.commit(`drizzle/${tag}_rollback.sql`, back, `feat: way back of ${tag}`);
  world.commit('drizzle/meta/_journal.json', JSON.stringify({ version: '7', entries }), `Journal of ${tag}`);
  world.push(`drizzle/${tag}.sql`, sql, `feat: migration ${tag}`);
}

const look = (version: string) => world.prepare(version, {}, { plan: true });

beforeEach(() => {
  world = makePrepareWorld(MIGRATIONS);
  tags = [];
  mkdirSync(join(world.work, 'drizzle/meta'), { recursive: true });
  migrate('0001_notes', 'create table notes (id int primary key, body text);', 'drop table notes;');
});
afterEach(() => world.remove());

it('MIG-02, MIG-03: the plan names each new migration with its class and its way back', async () => {
  migrate('0002_drop', 'drop table notes;');
  migrate('0003_lock', 'create index notes_body on notes (body);', 'drop index notes_body;');
  migrate('0004_gone', '-- irreversible: nobody needs it\ncreate table other (id int);');
  const { result, text } = await look('v2.2.0');
  expect(result.migrations).toMatchObject({
    files: [
      { path: 'drizzle/0001_notes.sql', class: 'safe', rollback: 'script' },
      { path: 'drizzle/0002_drop.sql', class: 'destructive', rollback: 'missing' },
      { path: 'drizzle/0003_lock.sql', class: 'locking', rollback: 'script' },
      { path: 'drizzle/0004_gone.sql', rollback: 'irreversible', because: 'nobody needs it' },
    ],
    unknown: null,
  });
  expect(text).toContain('migrations 0001_notes.sql safe; has a way back');
  expect(text).toMatch(/▲ 0002_drop\.sql destructive: [^\n]+\n?[^\n]*NO\s+WAY BACK/);
});

it('MIG-02: what went out already is not new, and one that was changed since is named', async () => {
  world.script(`git checkout --quiet main
    git merge --quiet --no-ff -m Merge develop
    git tag -a v2.1.0 -m 'Release v2.1.0'
    git push --quiet origin main v2.1.0
    git checkout --quiet develop`);
  world.push('a.txt', 'a', 'feat: a');
  expect((await look('v2.2.0')).result.migrations).toMatchObject({ files: [], edited: [] });
  world.push('drizzle/0001_notes.sql', 'create table notes (id bigint);', 'fix: notes');
  const { result, text } = await look('v2.2.0');
  expect(result.migrations).toMatchObject({ files: [], edited: ['drizzle/0001_notes.sql'] });
  expect(text).toContain('▲ 0001_notes.sql went out with another text');
});

it('MIG-02: a journal that names a file that is not there makes the list not known, never empty', async () => {
  world.push('drizzle/meta/_journal.json', 'not JSON', 'Broken journal');
  const { result, text } = await look('v2.2.0');
  expect(result.migrations).toMatchObject({ files: [], unknown: expect.stringContaining('_journal.json') });
  expect(text).toContain('migrations ▲ not known:');
});

it('PRE-05: the plan counts the commits that have no type', async () => {
  world.push('a.txt', 'a', 'feat: a');
  const { text } = await look('v2.2.0');
  expect(text.replace(/\s+/g, ' ')).toContain('3 features, 1 other; 1 of 4 has no type');
});
