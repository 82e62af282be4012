import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { proveSchema } from '../../../src/ledger/postgres/tables.ts';
import type { Cluster } from '../../../src/sandbox/postgres/cluster.ts';
import { openCluster } from '../../services/postgres/open-database.ts';
import { failureOf } from '../../support/failure-of.ts';
import { factEvent } from '../../support/ledger-events.ts';
import { openPostgresLedger } from '../../support/postgres-ledger.ts';

let cluster: Cluster;
const closers: (() => Promise<void>)[] = [];
const claim = { run: 'r-1', actor: 'ana', reason: 'the Thursday release' };
const SCOPE = 'shop/production';
let schemas = 0;

beforeAll(async () => {
  cluster = await openCluster();
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
afterAll(() => cluster.stop());

const newSchema = (): string => {
  schemas += 1;
  return `ledger_${schemas}`;
};
function open(schema: string, { actor = 'ana', role = 'release', database = 'postgres' } = {}) {
  const { ledger, close } = openPostgresLedger({ url: cluster.url(database, role), schema, actor });
  closers.push(close);
  return ledger;
}
const ask = (sql: string) => cluster.query('postgres', sql);

describe('the tables of the PostgreSQL ledger', () => {
  it('are made once by many first users at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const schema = newSchema();
      const people = Array.from({ length: 6 }, (_, i) => open(schema, { actor: `p${i}` }));
      await Promise.all(people.map((one, i) => one.note(SCOPE, factEvent(`n${i}`))));
      expect(await open(schema).read(SCOPE)).toHaveLength(6);
      expect(await ask(`select version from ${schema}.about`)).toEqual([{ version: 1 }]);
    }
  });

  it('are not made by somebody who only reads', async () => {
    const schema = newSchema();
    expect(await open(schema).read(SCOPE)).toEqual([]);
    expect(await open(schema).scopes()).toEqual([]);
    expect(await open(schema).holder(SCOPE)).toBeUndefined();
    expect(await ask(`select to_regnamespace('${schema}') is null as none`)).toEqual([{ none: true }]);
  });

  it('refuse that an entry is changed, deleted or emptied, even to their owner', async () => {
    const schema = newSchema();
    await open(schema).note(SCOPE, factEvent('one'));
    for (const sql of [
      `update ${schema}.release_event set run = 'other'`,
      `delete from ${schema}.release_event`,
      `truncate ${schema}.release_event`,
      `delete from ${schema}.release_scope`,
    ])
      await expect(ask(sql)).rejects.toThrow(/never changed or deleted|violates foreign key/);
    expect(await open(schema).read(SCOPE)).toHaveLength(1);
  });

  it('of a newer program are refused before anything in them is read or written', async () => {
    const schema = newSchema();
    await open(schema).note(SCOPE, factEvent('one'));
    await ask(`update ${schema}.about set version = 2`);
    for (const work of [
      () => open(schema).read(SCOPE),
      () => open(schema).scopes(),
      () => open(schema).note(SCOPE, factEvent('two')),
      () => open(schema).acquire(SCOPE, claim),
    ]) {
      const error = await failureOf(work());
      expect(error.code).toBe('E_LEDGER_NEWER');
      expect(error.text.why).toContain('version 2; this program knows version 1');
    }
  });

  it('need a role that may write to them and nothing more, once they are there', async () => {
    const schema = newSchema();
    await open(schema).note(SCOPE, factEvent('one'));
    await ask(`grant usage on schema ${schema} to app;
      grant select on all tables in schema ${schema} to app;
      grant insert on ${schema}.release_event, ${schema}.release_scope to app;
      grant update on ${schema}.release_scope to app`);
    const writer = open(schema, { role: 'app' });
    const held = await writer.acquire(SCOPE, claim);
    await writer.append(held, factEvent('two'));
    await writer.release(held, 'completed');
    expect(await writer.read(SCOPE)).toHaveLength(4);
  });

  it('say which right is missing to a role that may not make them', async () => {
    const error = await failureOf(open(newSchema(), { role: 'app' }).note(SCOPE, factEvent('one')));
    expect(error.code).toBe('E_DB_RIGHTS');
  });

  it('are refused by a database that cannot hold every character', async () => {
    await ask(`create database narrow encoding 'SQL_ASCII' template template0`);
    const error = await failureOf(open(newSchema(), { database: 'narrow' }).note(SCOPE, factEvent('one')));
    expect(error.text.why).toContain('encoding is UTF8');
  });

  it('keep texts that other columns would refuse or change', async () => {
    const schema = newSchema();
    const odd = `nul \u0000, half \ud800, ${String.fromCodePoint(0x1f680)}, 'quote' $1 \\`;
    const ledger = open(schema);
    const made = await ledger.note(SCOPE, factEvent('odd', odd));
    expect(await open(schema).read(SCOPE)).toEqual([made]);
    expect(JSON.stringify(made)).toContain('half');
  });

  it('take the name of a schema and nothing else', () => {
    expect(proveSchema('release_ledger')).toBe('release_ledger');
    for (const odd of ['a;b', 'a b', 'A', '"a"', '', '1a', `a${'b'.repeat(51)}`])
      expect(() => proveSchema(odd)).toThrow(TypeError);
  });
});
