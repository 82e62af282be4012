import { beforeAll, describe, expect, it } from 'vitest';
import { compareCatalogues, sayCatalogueDifference } from '../../../src/domain/catalogue.ts';
import { fingerprintOf } from '../../../src/kit.ts';
import { shareCluster } from './share-cluster.ts';

const ENV = 'production';

const SCHEMA = `
  create table tenants (id int primary key);
  create table events (
    at timestamptz not null default '2026-01-01 12:00:00+00', tenant int references tenants (id),
    every interval default '1 day 02:00:00', half float8 default 0.1
  ) partition by range (at);
  create table events_2026 partition of events for values from ('2026-01-01 00:00+00') to ('2027-01-01 00:00+00');
  create view new_events as select tenant from events where at > '2026-06-01 00:00:00+00'::timestamptz;
  create table notes (id int primary key, tenant int references tenants (id), word text);
  create sequence numbers;
  create foreign data wrapper paper;
  create server archive foreign data wrapper paper;
  create foreign table old_notes (id int) server archive options (path 'notes');`;

const shared = shareCluster();
let plain: Awaited<ReturnType<typeof open>>;

async function open(before: (name: string) => readonly string[] = () => []) {
  const database = await shared.open();
  await database.query(SCHEMA);
  for (const sql of before(database.name)) await database.query(sql);
  return database.postgres.catalogue(ENV);
}

beforeAll(async () => {
  plain = await open();
});

describe('a catalogue says what is there, and not how a session prints it', () => {
  it('PAR-04: the same schema reads alike, whatever time zone and style a database prints with', async () => {
    const styled = await open((name) =>
      [
        `timezone to 'Asia/Tokyo'`,
        `datestyle to 'German'`,
        `intervalstyle to 'iso_8601'`,
        'extra_float_digits to -5',
        'quote_all_identifiers to on',
      ].map((setting) => `alter database "${name}" set ${setting.replace(' to ', ' = ')}`),
    );
    expect(compareCatalogues(styled, plain)).toEqual([]);
    expect(fingerprintOf(styled)).toBe(fingerprintOf(plain));
  });

  it.each([
    ['alter table notes disable trigger all', ['constraint notes.notes_tenant_fkey is FOREIGN KEY']],
    ['alter table tenants disable trigger all', ['constraint notes.notes_tenant_fkey is FOREIGN KEY']],
    ['alter sequence numbers owned by notes.id', ['owner sequence numbers only in before']],
    ['alter table notes replica identity full', ['table notes is plain replica identity full']],
    [`alter foreign table old_notes options (set path 'other')`, ['table old_notes']],
    ['alter table notes alter word set storage external', ['column notes.word']],
  ])('PAR-04: %s makes two schemas differ, by name', async (change, told) => {
    const now = await open(() => [change]);
    const said = compareCatalogues(now, plain).map((one) =>
      sayCatalogueDifference(one, { left: 'now', right: 'before' }),
    );
    for (const start of told) expect(said).toContainEqual(expect.stringContaining(start));
    expect(fingerprintOf(now)).not.toBe(fingerprintOf(plain));
  });
});
