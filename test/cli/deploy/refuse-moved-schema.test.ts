import { expect, it } from 'vitest';
import { refuseMovedSchema } from '../../../src/cli/deploy/refuse-moved-schema.ts';
import type { Catalogue } from '../../../src/domain/catalogue.ts';
import { fingerprintOf, keepSchema, type ServiceName, type Services } from '../../../src/kit.ts';
import { makeArchiveOf } from '../../support/memory/archive.ts';

const ENV = 'production';
const table = (name: string, is = 'plain'): Catalogue['items'][number] => ({
  kind: 'table',
  name,
  is,
  of: '',
});
const REHEARSED: Catalogue = { items: [table('users')] };

async function look(
  now: Catalogue,
  before = fingerprintOf(REHEARSED),
  has: readonly ServiceName[] = ['postgres'],
) {
  const archive = makeArchiveOf();
  await keepSchema(archive, ENV, REHEARSED);
  let asked = 0;
  const postgres = {
    catalogue: async () => {
      asked += 1;
      return now;
    },
  };
  const services = { archive, postgres } as unknown as Services;
  const schema = { before, after: before, unproven: '' };
  await refuseMovedSchema({ schema, version: 'v2.1.0' }, { services, configured: new Set(has), env: ENV });
  return asked;
}

it('MIG-07: a schema that another hand changed since the rehearsal stops a deploy before anything has begun', async () => {
  await expect(look({ items: [...REHEARSED.items, table('stray')] })).rejects.toMatchObject({
    code: 'E_SCHEMA_MOVED',
    text: { what: expect.stringContaining('table stray'), state: 'untouched' },
  });
});

it('MIG-07: the rehearsed schema, and one with another partition, stop nothing', async () => {
  expect(await look(REHEARSED)).toBe(1);
  const month = table(
    'visits_1',
    "plain partition of public.visits FOR VALUES FROM ('2027-01-01') TO ('2027-02-01')",
  );
  expect(await look({ items: [...REHEARSED.items, month] })).toBe(1);
});

it('MIG-07: where nothing was rehearsed, or there is no database, nothing is asked', async () => {
  expect(await look({ items: [] }, '')).toBe(0);
  expect(await look({ items: [] }, fingerprintOf(REHEARSED), [])).toBe(0);
});
