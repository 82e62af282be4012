import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExpectedSchema, fingerprintOf, rehearsalOrder, tryWayBack } from '../../../src/kit.ts';
import type { MigrationFile } from '../../../src/services/postgres/port.ts';
import { fileOf, startRehearsalWorld } from '../../support/rehearsal-world.ts';

const SEED = `
  create table notes (id serial primary key, text text);
  insert into notes (text) values ('first'), ('second');`;

const FLAG = fileOf(
  1,
  'flag',
  'alter table notes add column a int, add column b int',
  'alter table notes drop column b, drop column a',
);
const HALF = { ...FLAG, rollbackSql: 'alter table notes drop column a' };
const LOSES = { ...FLAG, rollbackSql: `${FLAG.rollbackSql}; delete from notes where id = 1` };
const BROKEN = { ...FLAG, rollbackSql: 'alter table nowhere drop column a' };
const REFUSED = fileOf(1, 'refused', 'alter table nowhere add column a int', 'select 1');

let world: Awaited<ReturnType<typeof startRehearsalWorld>>;
beforeAll(async () => {
  world = await startRehearsalWorld(SEED, { archive: true });
}, 60_000);
afterAll(() => world?.close());

interface Way {
  readonly files: readonly MigrationFile[];
  readonly expected?: ExpectedSchema;
  readonly restoreTo?: string;
}

/** On a branch of a real PostgreSQL, by the real adapters. */
function rehearse({ files, expected = { is: 'as-it-was' }, restoreTo: lsn }: Way) {
  const { signal } = new AbortController();
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  const order = { name: 'rehearsal/test', role: '', expiresAt, signal };
  const { migrations, integrity } = world.runbook;
  if (migrations === undefined) throw new Error('the world has no migrations');
  return world.neon.withTrialBranch('production', order, (url, { restoreTo }) =>
    world.postgres.withCopy('production', url, signal, (copy) =>
      tryWayBack(copy, {
        pending: files,
        back: lsn === undefined ? files : [],
        ...(lsn === undefined ? {} : { restore: () => restoreTo(lsn) }),
        order: rehearsalOrder(migrations),
        queries: integrity,
        expected,
        foreign: new Set(files.map(({ hash }) => hash)),
        clock: world.clock,
      }),
    ),
  );
}

describe('the way back of the data, tried on a branch', () => {
  it('RBX-4B1, RBX-4B2, RBX-4B3: runs the scripts, and compares schema, journal and data with the earlier version', async () => {
    const trial = await rehearse({ files: [FLAG] });
    expect(trial).toMatchObject({ problems: [], unknown: [], asked: 1 });
    expect([...trial.times.keys()]).toEqual([`revert:${FLAG.tag}`]);
  });

  it.each([
    ['takes too little back', HALF, /^column notes\.b only in the schema after the way back$/],
    ['is refused by the database', BROKEN, /relation "nowhere" does not exist/],
    ['loses a row', LOSES, /^Notes: 1 \(baseline 2\) after the way back$/],
  ])('E-51: is not proven by a script that %s', async (_what, file, said) => {
    const { problems } = await rehearse({ files: [file] });
    expect(problems).toEqual([expect.stringMatching(said)]);
  });

  it('proves nothing where the migration itself is refused', async () => {
    const { problems } = await rehearse({ files: [REFUSED] });
    expect(problems).toEqual([expect.stringMatching(/^there is nothing to go back from: /)]);
  });

  it('RBX-4A1: restores the branch to the restore point, and production stays as it is', async () => {
    const { lsn } = await world.postgres.restorePoint('production');
    await world.query("insert into notes (text) values ('written since')");
    const trial = await rehearse({ files: [FLAG], restoreTo: lsn });
    expect(trial).toMatchObject({ problems: [], unknown: [] });
    expect([...trial.times.keys()]).toEqual(['restore-database']);
    expect(await world.query('select count(*)::int as n from notes')).toEqual([{ n: 3 }]);
    expect(world.branches()).toEqual(['production']);
  });

  it('compares with the schema that is on record, and says so where it is another one', async () => {
    const fingerprint = fingerprintOf(await world.postgres.catalogue('production'));
    expect(await rehearse({ files: [FLAG], expected: { is: 'recorded', fingerprint } })).toMatchObject({
      problems: [],
    });
    const other = { is: 'recorded', fingerprint: '0'.repeat(64) } as const;
    expect((await rehearse({ files: [FLAG], expected: other })).problems).toHaveLength(1);
  });

  it('is not known where nobody kept the schema of the earlier version', async () => {
    const expected = { is: 'not-known', because: 'nobody kept it' } as const;
    expect(await rehearse({ files: [FLAG], expected })).toMatchObject({
      problems: [],
      unknown: ['which schema is right was not established: nobody kept it'],
    });
  });
});
