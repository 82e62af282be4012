import { describe, expect, it } from 'vitest';
import type { Catalogue } from '../../../src/domain/catalogue.ts';
import { findSchema, fingerprintOf, keepSchema, type StepContext } from '../../../src/kit.ts';
import { backUpSchema } from '../../../src/steps/postgres/back-up-schema.ts';
import { makeArchiveOf } from '../../support/memory/archive.ts';
import { makeRunbook, onlyThese } from '../../support/policy.ts';

const ENV = 'production';
const CATALOGUE: Catalogue = {
  items: [
    { kind: 'table', name: 'users', is: 'plain', of: '' },
    { kind: 'column', name: 'users.id', is: 'bigint not null', of: 'table users' },
    { kind: 'view', name: 'adults', is: 'md5 0123', of: '' },
  ],
  roles: ['app'],
};
const INPUT = { env: ENV, rehearsed: '' };
const NAME = 'releases/v2.1.0/schema-before-r-1.txt';

function makeWorld(catalogue = CATALOGUE) {
  const archive = makeArchiveOf();
  const asked: string[] = [];
  const postgres = {
    catalogueInFull: async () => {
      asked.push('catalogue');
      return { catalogue, texts: new Map([['view adults', ' SELECT id\n   FROM users;']]) };
    },
    appliedMigrations: async () => [{ hash: 'abc', when: 0 }, { name: '0002_b' }],
  };
  const context = {
    runbook: makeRunbook({}),
    plan: { version: 'v2.1.0' },
    run: 'r-1',
    clock: { now: () => new Date('2026-11-25T10:00:00Z') },
    guard: () => asked.push('guard'),
    tell: () => undefined,
  } as unknown as StepContext;
  return { services: onlyThese({ archive, postgres }), archive, asked, context };
}

describe('the schema before a release', () => {
  it('MIG-08: is kept as text, with its fingerprint and the journal of migrations', async () => {
    const { services, archive, context } = makeWorld();
    const done = await backUpSchema.run(services, INPUT, context);
    expect(done).toEqual({ file: NAME, fingerprint: fingerprintOf(CATALOGUE), objects: 3, migrations: 2 });
    expect(await archive.read(ENV, NAME)).toBe(`-- schema of production before v2.1.0 (r-1)
-- read: 2026-11-25T10:00:00.000Z
-- fingerprint: ${done.fingerprint}
-- objects: 3
-- migrations applied: 2
--   abc 1970-01-01T00:00:00.000Z
--   0002_b

table (1)
  users: plain

column (1)
  users.id: bigint not null

view (1)
  adults: md5 0123
     SELECT id
       FROM users;

-- end of the schema
`);
    expect(await findSchema(archive, ENV, done.fingerprint)).toEqual({ items: CATALOGUE.items });
  });

  it('MIG-08: is written only after the guard', async () => {
    const { services, archive, context, asked } = makeWorld();
    const late = { ...context, guard: () => expect(archive.names()).toEqual([]) } as StepContext;
    await backUpSchema.run(services, INPUT, late);
    expect(asked).toEqual(['catalogue']);
    expect(archive.names()).toHaveLength(2);
  });

  it('MIG-08: a run that comes back writes the same file again, whatever was left of it', async () => {
    const { services, archive, context } = makeWorld();
    const done = await backUpSchema.run(services, INPUT, context);
    const text = await archive.read(ENV, NAME);
    await archive.write(ENV, NAME, 'half of a te');
    expect(await backUpSchema.run(services, INPUT, context)).toEqual(done);
    expect([await archive.read(ENV, NAME), archive.names().length]).toEqual([text, 2]);
  });

  it('MIG-08: objects that were changed where they are kept are none', async () => {
    const { services, archive, context } = makeWorld();
    const { fingerprint } = await backUpSchema.run(services, INPUT, context);
    const name = `schemas/${fingerprint}.json`;
    await archive.write(ENV, name, ((await archive.read(ENV, name)) ?? '').replace('bigint', 'integer'));
    expect(await findSchema(archive, ENV, fingerprint)).toBeUndefined();
    expect(await findSchema(archive, ENV, '../../secret')).toBeUndefined();
  });

  it('MIG-07: stops before the first migration when it is not the schema that was rehearsed, and names what differs', async () => {
    const { services, archive, context } = makeWorld();
    const [table, ...rest] = CATALOGUE.items;
    const without = table === undefined ? [] : [table, ...rest.slice(1)];
    const rehearsed = await keepSchema(archive, ENV, { items: without });
    const input = { env: ENV, rehearsed };
    await expect(backUpSchema.run(services, input, context)).rejects.toMatchObject({
      code: 'E_SCHEMA_MOVED',
      text: { what: expect.stringContaining('column users.id only in production'), state: 'partly-done' },
    });
    const same = { env: ENV, rehearsed: fingerprintOf(CATALOGUE) };
    await expect(backUpSchema.run(services, same, context)).resolves.toMatchObject({ objects: 3 });
  });

  it('MIG-07: says so where the rehearsed schema is not on this machine', async () => {
    const { services, context } = makeWorld();
    const moved = backUpSchema.run(services, { env: ENV, rehearsed: 'f'.repeat(64) }, context);
    await expect(moved).rejects.toMatchObject({ text: { what: expect.stringContaining('cannot be named') } });
  });

  it('MIG-08: a partition that a job made since the rehearsal stops no release', async () => {
    const is = `plain partition of public.visits FOR VALUES FROM ('2027-01-01') TO ('2027-02-01')`;
    const now: Catalogue = { items: [...CATALOGUE.items, { kind: 'table', name: 'visits_1', is, of: '' }] };
    const { services, archive, context } = makeWorld(now);
    const rehearsed = await keepSchema(archive, ENV, CATALOGUE);
    const done = await backUpSchema.run(services, { env: ENV, rehearsed }, context);
    expect(done.fingerprint).toBe(fingerprintOf(now));
  });
});
