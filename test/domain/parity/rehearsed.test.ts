import { describe, expect, it } from 'vitest';
import type { Catalogue, CatalogueItem } from '../../../src/domain/catalogue.ts';
import type { Touch } from '../../../src/domain/parity/touch.ts';
import { findRehearsed } from '../../../src/kit/parity/find-rehearsed.ts';
import { fingerprintOf, keepSchema } from '../../../src/kit.ts';
import { digestOf } from '../../../src/ledger/digest.ts';
import { makeArchiveOf } from '../../support/memory/archive.ts';
import { compare, saidOf } from '../../support/parity.ts';

const column = (name: string, is: string): CatalogueItem => ({
  kind: 'column',
  name: `users.${name}`,
  is,
  of: 'table users',
});
const make = (...columns: readonly CatalogueItem[]): Catalogue => ({
  items: [{ kind: 'table', name: 'users', is: 'plain', of: '' }, ...columns],
});
/** The release makes `n` a bigint and adds `due`. */
const PRODUCTION = make(column('n', 'integer'));
const REHEARSED = make(column('n', 'bigint'), column('due', 'date'));
const TOUCHES: readonly Touch[] = [
  { kind: 'column', name: 'users.n', way: 'change' },
  { kind: 'column', name: 'users.due', way: 'add' },
];

const against = (staging: Catalogue, rehearsed?: Catalogue) =>
  compare({ catalogue: staging }, { catalogue: PRODUCTION }, TOUCHES, {}, rehearsed);
const schemaOf = ({ areas }: ReturnType<typeof compare>) => areas.find(({ name }) => name === 'schema');

describe('a schema that a rehearsal explains', () => {
  it('PAR-12: is alike where staging has what the rehearsal came to', () => {
    const found = against(REHEARSED, REHEARSED);
    expect(saidOf(found)).toEqual([]);
    expect(schemaOf(found)).not.toHaveProperty('byName');
  });

  it.each([
    [
      'altered an object that the release changes, too',
      make(column('n', 'numeric'), column('due', 'date')),
      'column users.n is numeric in staging, bigint in production after the release',
    ],
    [
      'made the new column otherwise',
      make(column('n', 'bigint'), column('due', 'text')),
      'column users.due is text in staging, date in production after the release',
    ],
    [
      'added something of its own',
      make(column('n', 'bigint'), column('due', 'date'), column('nick', 'text')),
      'column users.nick only in staging',
    ],
    [
      'dropped what the release brings',
      make(column('n', 'bigint')),
      'column users.due only in production after the release',
    ],
    [
      'left what the release changes as it was',
      make(column('n', 'integer'), column('due', 'date')),
      'column users.n is integer in staging, bigint in production after the release',
    ],
  ])('PAR-12: names what a hand in staging has done: %s', (_, staging, said) => {
    expect(saidOf(against(staging, REHEARSED))).toEqual([said]);
  });

  it('PAR-12: without one it is explained by name alone, and that is told', () => {
    const found = against(make(column('n', 'numeric'), column('due', 'date')));
    expect(saidOf(found)).toEqual([]);
    expect(schemaOf(found)).toMatchObject({ byName: true });
  });
});

describe('the rehearsal of a candidate', () => {
  const told = (over: Record<string, string> = {}) => ({
    rehearsals: {
      ground: ['config', 'rules'],
      records: [
        {
          digest: digestOf(['config', 'rules', 'commit']),
          before: fingerprintOf(PRODUCTION),
          after: fingerprintOf(REHEARSED),
          ...over,
        },
      ],
    },
  });
  const wanted = { env: 'production', commit: 'commit', now: { ...PRODUCTION, roles: ['app'] } };
  const find = async (facts: Parameters<typeof findRehearsed>[1], over: Partial<typeof wanted> = {}) => {
    const archive = makeArchiveOf();
    await keepSchema(archive, 'production', REHEARSED);
    const found = await findRehearsed(archive, facts, { ...wanted, ...over });
    return found && { fingerprint: fingerprintOf(found), roles: found.roles };
  };

  it('PAR-12: is found by its commit and by the schema that it began with', async () => {
    expect(await find(told())).toEqual({ fingerprint: fingerprintOf(REHEARSED), roles: ['app'] });
  });

  it('PAR-12: counts for no other commit, no other schema, and not where it was not kept', async () => {
    expect(await find(told(), { commit: 'another' })).toBeUndefined();
    expect(await find(told(), { now: { ...REHEARSED, roles: [] } })).toBeUndefined();
    expect(await find(told({ after: 'f'.repeat(64) }))).toBeUndefined();
    expect(await find({})).toBeUndefined();
  });
});
