import { describe, expect, it } from 'vitest';
import type { Catalogue, CatalogueItem } from '../../../src/domain/catalogue.ts';
import { findSchema, fingerprintOf, keepSchema, type StepContext } from '../../../src/kit.ts';
import { proveSchema } from '../../../src/steps/postgres/prove-schema.ts';
import { makeArchiveOf } from '../../support/memory/archive.ts';
import { onlyThese } from '../../support/policy.ts';

const ENV = 'production';
const column = (name: string, is = 'text'): CatalogueItem => ({
  kind: 'column',
  name: `users.${name}`,
  is,
  of: 'table users',
});
const make = (...columns: readonly CatalogueItem[]): Catalogue => ({
  items: [{ kind: 'table', name: 'users', is: 'plain', of: '' }, ...columns],
});
const BEFORE = make(column('id'));
const AFTER = make(column('id'), column('due', 'date'));

async function makeWorld(now: Catalogue) {
  const archive = makeArchiveOf();
  const before = await keepSchema(archive, ENV, BEFORE);
  const after = await keepSchema(archive, ENV, AFTER);
  const told: string[] = [];
  const context = {
    plan: { version: 'v2.1.0', from: 'v2.0.3' },
    tell: (said: string) => told.push(said),
  } as unknown as StepContext;
  const services = onlyThese({ archive, postgres: { catalogue: async () => now } });
  const prove = (input: Partial<Parameters<typeof proveSchema.run>[1]> = {}) =>
    proveSchema.run(services, { env: ENV, before, after, unproven: '', ...input }, context);
  return { archive, prove, told };
}

describe('the schema after the migrations', () => {
  it('MIG-07, E-43: is proven when it is the rehearsed one, and is kept', async () => {
    const { prove, archive } = await makeWorld(AFTER);
    const done = await prove();
    expect(done).toEqual({
      fingerprint: fingerprintOf(AFTER),
      compared: true,
      said: 'schema is the rehearsed one, object by object',
    });
    const kept = await findSchema(archive, ENV, done.fingerprint);
    expect(kept && fingerprintOf(kept)).toBe(done.fingerprint);
  });

  it.each([
    [
      'a hand added a column meanwhile',
      make(column('id'), column('due', 'date'), column('nick')),
      'column users.nick only in production (no migration touches it: another hand or a job)',
    ],
    [
      'the migration made something else',
      make(column('id'), column('due', 'text')),
      'column users.due is text in production, date in the rehearsal.',
    ],
    ['the migration did nothing', BEFORE, 'column users.due only in the rehearsal.'],
  ])('MIG-07: holds before anything is published when %s', async (_, now, expected) => {
    const { prove } = await makeWorld(now);
    await expect(prove()).rejects.toMatchObject({
      code: 'E_SCHEMA_DIFFERS',
      text: {
        what: expect.stringContaining(expected),
        next: expect.stringMatching(/--resume .* release rollback --to v2\.0\.3 .*--abandon/),
        state: 'partly-done',
      },
    });
  });

  const month = (name: string, is: string): CatalogueItem => ({ kind: 'table', name, is, of: '' });
  const JANUARY = `plain partition of public.visits FOR VALUES FROM ('2027-01-01') TO ('2027-02-01')`;

  it('MIG-07: a partition that a job made meanwhile is named, and stops nobody', async () => {
    const now = { items: [...AFTER.items, month('visits_2027_01', JANUARY)] };
    const { prove } = await makeWorld(now);
    const done = await prove();
    expect(done).toMatchObject({ compared: true, fingerprint: fingerprintOf(now) });
    expect(done.said).toContain('but for partitions that came or went: table visits_2027_01 only in');
  });

  it('MIG-07: any other table, a default partition, or a column beside the partition holds', async () => {
    const plain = await makeWorld({ items: [...AFTER.items, month('visits_2027_01', 'plain')] });
    await expect(plain.prove()).rejects.toMatchObject({ code: 'E_SCHEMA_DIFFERS' });
    const rest = month('visits_rest', 'plain partition of public.visits DEFAULT');
    const other = await makeWorld({ items: [...AFTER.items, rest] });
    await expect(other.prove()).rejects.toMatchObject({ code: 'E_SCHEMA_DIFFERS' });
    const both = await makeWorld({ items: [...BEFORE.items, month('visits_2027_01', JANUARY)] });
    await expect(both.prove()).rejects.toMatchObject({ code: 'E_SCHEMA_DIFFERS' });
  });

  it('MIG-07: holds as well where the objects cannot be named', async () => {
    const { prove } = await makeWorld(BEFORE);
    const other = prove({ after: 'f'.repeat(64) });
    await expect(other).rejects.toMatchObject({ text: { what: expect.stringContaining('cannot be named') } });
  });

  it('MIG-07: names five and counts the rest', async () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => column(name));
    const { prove } = await makeWorld(make(column('id'), column('due', 'date'), ...many));
    await expect(prove()).rejects.toMatchObject({ text: { what: expect.stringMatching(/; and 2 more\.$/) } });
  });

  it('MIG-07: without a rehearsal nothing is called proven, and why is said', async () => {
    const { prove, told } = await makeWorld(AFTER);
    const done = await prove({ before: '', after: '', unproven: 'the rehearsal was waived by Dana Ito' });
    const said = 'schema not compared with a rehearsal: the rehearsal was waived by Dana Ito';
    expect(done).toMatchObject({ compared: false, said });
    expect(told).toEqual([said]);
  });
});
