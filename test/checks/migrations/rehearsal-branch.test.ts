import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import check from '../../../checks/migrations/rehearsal.check.ts';
import { isReleaseError } from '../../../src/domain/failure.ts';
import { nameRehearsal, REHEARSAL_LIFE_MS } from '../../../src/domain/rehearsal-branch.ts';
import { type RehearsedFile, readRehearsed } from '../../../src/domain/rehearsed.ts';
import type { Services } from '../../../src/kit.ts';
import { withSession } from '../../../src/sandbox/postgres/ask-server.ts';
import type { MigrationFile } from '../../../src/services/postgres/port.ts';
import { fileOf, gitWith, startRehearsalWorld } from '../../support/rehearsal-world.ts';

const SEED = `
  create table big (id serial primary key, n int not null, label text);
  insert into big (n, label) select i, 'row ' || i from generate_series(1, 10) as i;
  create table notes (id serial primary key, big int references big (id), text text);
  insert into notes (big, text) values (1, 'first'), (2, 'second');`;

let world: Awaited<ReturnType<typeof startRehearsalWorld>>;

const servicesFor = (files: readonly MigrationFile[], over: Partial<Services> = {}): Services =>
  ({
    git: gitWith(files),
    archive: world.archive,
    neon: world.neon,
    postgres: world.postgres,
    ...over,
  }) as unknown as Services;

const rehearse = async (files: readonly MigrationFile[], over: Partial<Services> = {}) =>
  check.judge(await check.probe(servicesFor(files, over), world.scope()), world.scope());

const NO_TRIAL = { restoreTo: () => Promise.reject(new Error('nothing is restored here')) };

/** The real Neon adapter, with an eye on the address that it hands out. */
const seeing = (see: (url: string) => void): Services['neon'] => ({
  ...world.neon,
  withTrialBranch: (env, order, use) =>
    world.neon.withTrialBranch(env, order, (url, trial) => {
      see(url);
      return use(url, trial);
    }),
});

const ASLEEP = `select 1 from pg_stat_activity where query = 'select pg_sleep(600)' and state = 'active'`;
const isAsleep = (url: string): Promise<boolean> =>
  withSession(url, async (client) => ((await client.query(ASLEEP)).rowCount ?? 0) > 0);

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1000; tries += 1) {
    if (await isSo()) return;
    await world.clock.sleep(20);
  }
  throw new Error('it never came');
}

const filesOf = (judged: { readonly evidence?: unknown }): readonly RehearsedFile[] => [
  ...readRehearsed(judged.evidence).values(),
];

const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeAll(async () => {
  world = await startRehearsalWorld(SEED);
}, 60_000);
afterAll(() => world.close());

describe('a rehearsal on a branch of a real PostgreSQL', () => {
  it('MIG-01: tells a scan, a change of rows, and an index that is built beside the traffic', async () => {
    const answer = await rehearse([
      fileOf(
        1,
        'needed',
        'alter table big alter column label set not null',
        'alter table big alter column label drop not null',
      ),
      fileOf(2, 'fill', "update notes set text = text || '!'", "update notes set text = rtrim(text, '!')"),
      fileOf(3, 'list', 'create index concurrently big_n on big (n)', 'drop index concurrently big_n'),
    ]);
    expect(answer.said).toMatch(/^0001_needed reads through big \(10 rows\), no reads or writes for /);
    expect(answer.said).toMatch(
      /; 0002_fill writes 2 rows of notes, nobody waits; 0003_list runs beside the traffic in /,
    );
    expect(filesOf(answer).map(({ cost, lockedMs }) => [cost, lockedMs > 0])).toEqual([
      ['scan', true],
      ['write', false],
      ['beside', false],
    ]);
  });

  it('MIG-01: sees the lock that a new table takes on the one it refers to', async () => {
    const sql = 'create table tags (id int primary key, note int references notes (id))';
    const answer = await rehearse([fileOf(1, 'tags', sql, 'drop table tags')]);
    expect(answer).toMatchObject({
      outcome: 'pass',
      evidence: { files: [{ cost: 'instant', table: 'notes', lock: 'ShareRowExclusiveLock' }] },
    });
  });

  it('MIG-05: fails for a file that the database refuses, with its line, and leaves no branch behind', async () => {
    const answer = await rehearse([
      fileOf(1, 'broken', 'alter table notes add column a int;\nalter table nowhere add column b int'),
    ]);
    expect(answer).toMatchObject({
      outcome: 'fail',
      said: 'migrations/0001_broken.sql failed in line 2: relation "nowhere" does not exist (42P01)',
    });
    expect(world.branches()).toEqual(['production']);
  });

  it('E-51: fails for a rollback script that does not take everything back, and names what stays', async () => {
    const file = fileOf(
      1,
      'two',
      'alter table notes add column a int, add column b int',
      'alter table notes drop column a',
    );
    expect(await rehearse([file])).toMatchObject({
      outcome: 'fail',
      said: '0001_two: column notes.b only in the schema after its rollback',
    });
  });

  it('E-51: fails for a file that cannot run a second time after its rollback', async () => {
    const sql = "insert into notes (id, text) values (100, 'seed')";
    const answer = await rehearse([fileOf(1, 'seed', sql, '-- kept\nselect 1')]);
    expect(answer).toMatchObject({ outcome: 'fail', said: expect.stringMatching(/duplicate key value/) });
  });

  it('MIG-06: fails when rows are missing afterwards, by the integrity queries', async () => {
    const file = fileOf(
      1,
      'tidy',
      'delete from notes where id = 1',
      "insert into notes (id, text) values (1, 'first')",
    );
    expect(await rehearse([file])).toMatchObject({
      outcome: 'fail',
      said: 'Notes: 1 (baseline 2) after the migration',
    });
  });

  it('MIG-06: fails when the rollback script loses rows', async () => {
    const file = fileOf(1, 'more', "insert into notes (text) values ('third')", 'delete from notes');
    expect(await rehearse([file])).toMatchObject({
      outcome: 'fail',
      said: 'Notes: 0 (baseline 2) after the rollback scripts',
    });
  });

  it('MIG-10: warns about a file that cannot be taken back, and takes back those after it', async () => {
    const answer = await rehearse([
      fileOf(1, 'oneway', '-- irreversible: the column is gone\nalter table big drop column label'),
      fileOf(2, 'flag', 'alter table notes add column flag int', 'alter table notes drop column flag'),
    ]);
    expect(answer).toMatchObject({
      outcome: 'warn',
      said: expect.stringMatching(
        /; 0001_oneway cannot be taken back, the rest up, down and up again alike$/,
      ),
    });
  });

  it('makes no branch when nothing is pending', async () => {
    const before = world.server.calls.length;
    expect(await rehearse([])).toEqual({
      outcome: 'pass',
      said: 'nothing is pending (0 migrations applied), so nothing was rehearsed',
    });
    expect(world.server.calls.length).toBe(before);
  });

  it('MIG-04: deletes the branch also when it is stopped in the middle of a statement', async () => {
    const stop = new AbortController();
    let at = '';
    const files = [fileOf(1, 'long', 'alter table notes add column a int; select pg_sleep(600)')];
    const neon = seeing((url) => {
      at = url;
    });
    const probing = thrown(check.probe(servicesFor(files, { neon }), world.scope({ signal: stop.signal })));
    await until(() => at !== '');
    await until(() => isAsleep(at));
    stop.abort(new DOMException('stopped', 'AbortError'));
    expect(await probing).toBeInstanceOf(Error);
    expect(world.branches()).toEqual(['production']);
  });

  it('MIG-04: deletes the branch when its database cannot be opened', async () => {
    const postgres = { ...world.postgres, withCopy: () => Promise.reject(new Error('no way in')) };
    const files = [fileOf(1, 'x', 'create table x (id int)')];
    const error = await thrown(check.probe(servicesFor(files, { postgres }), world.scope()));
    expect(String(error)).toBe('Error: no way in');
    expect(world.branches()).toEqual(['production']);
  });

  it('MIG-04: deletes and names what a killed rehearsal left, and leaves alone what another one may be using', async () => {
    const now = Date.now();
    const dead = nameRehearsal('v2.0.9', new Date(now - REHEARSAL_LIFE_MS - 1000));
    const alive = nameRehearsal('v2.0.9', new Date(now));
    for (const name of [dead, alive, 'rehearsal/by-hand']) await world.neon.createBackup('production', name);
    const answer = await rehearse([fileOf(1, 'x', 'create table x (id int)', 'drop table x')]);
    expect(answer.said).toContain(`deleted what a killed rehearsal left: ${dead}`);
    expect(world.branches()).toEqual(['production', alive, 'rehearsal/by-hand']);
    for (const { id } of await world.neon.branchesNamed('production', 'rehearsal/'))
      await world.neon.deleteBackup('production', id);
  });

  it('MIG-04: lets Neon delete the branch by itself, should nobody come to it', async () => {
    const ends: number[] = [];
    const neon = seeing(() => {
      for (const { expiresAt } of world.server.branches())
        if (expiresAt !== undefined) ends.push(Date.parse(expiresAt) - Date.now());
    });
    await rehearse([fileOf(1, 'x', 'create table x (id int)', 'drop table x')], { neon });
    expect(ends).toHaveLength(1);
    expect(ends[0]).toBeGreaterThan(REHEARSAL_LIFE_MS / 2);
    expect(ends[0]).toBeLessThanOrEqual(REHEARSAL_LIFE_MS);
  });

  it.each(['127.0.0.1', 'localhost'])(
    'E-43: writes nothing when what should be a branch is production itself, reached at %s',
    async (host) => {
      const url = new URL(world.cluster.url('rur2'));
      url.hostname = host;
      const before = await world.postgres.catalogue('production');
      const withTrialBranch: Services['neon']['withTrialBranch'] = (_env, _order, use) =>
        use(url.href, NO_TRIAL);
      const neon = { ...world.neon, withTrialBranch };
      const files = [fileOf(1, 'x', 'create table x (id int)', 'drop table x')];
      const error = await thrown(check.probe(servicesFor(files, { neon }), world.scope()));
      expect(isReleaseError(error, 'E_COPY_IS_LIVE')).toBe(true);
      expect(await world.postgres.catalogue('production')).toEqual(before);
      expect(await world.postgres.appliedMigrations('production', 'drizzle')).toEqual([]);
    },
  );

  it('E-43: writes nothing on a branch that does not look like production', async () => {
    const withTrialBranch: Services['neon']['withTrialBranch'] = (env, order, use) =>
      world.neon.withTrialBranch(env, order, (url, trial) => use(url.replace(/\/rur2/, '/postgres'), trial));
    const files = [fileOf(1, 'x', 'create table x (id int)', 'drop table x')];
    const neon = { ...world.neon, withTrialBranch };
    const error = await thrown(check.probe(servicesFor(files, { neon }), world.scope()));
    expect(isReleaseError(error, 'E_COPY_DIFFERS')).toBe(true);
    expect(String(error)).toMatch(/table big only in the original|column big/);
  });

  it('never wrote into production', async () => {
    const tables = (await world.postgres.catalogue('production')).items.filter(
      ({ kind }) => kind === 'table',
    );
    expect(tables.map(({ name }) => name)).toEqual(['big', 'notes']);
    expect(await world.query('select count(*)::int as n from notes')).toEqual([{ n: 2 }]);
    expect(await world.query("select to_regnamespace('release_runbook') is null as none")).toEqual([
      { none: true },
    ]);
  });
});
