import { describe, expect, it } from 'vitest';
import check from '../../../checks/drift/schema.check.ts';
import type { CatalogueItem } from '../../../src/domain/catalogue.ts';
import { findMoves } from '../../../src/domain/drift/explain-schema.ts';
import { accepted } from '../../support/drift.ts';
import { makePolicy, onlyThese } from '../../support/policy.ts';

const table = (name: string): CatalogueItem => ({ kind: 'table', name, is: 'ordinary', of: '' });
const column = (of: string, name: string, is = 'text'): CatalogueItem => ({
  kind: 'column',
  name: `${of}.${name}`,
  is,
  of: `table ${of}`,
});
const areaOf = async (...items: CatalogueItem[]) => {
  const services = onlyThese({ postgres: { catalogue: async () => ({ items }) } });
  return (await check.probe(services, makePolicy(accepted({})))).area;
};
const users = [table('users'), column('users', 'name')];

describe('the schema', () => {
  it('DRF-04: is known by a hash of each object, and what it belongs to', async () => {
    const area = await areaOf(...users);
    expect(area['column users.name']).toMatch(/^[0-9a-f]{16} table users$/);
    expect(area['table users']).toMatch(/^[0-9a-f]{16}$/);
  });

  it('DRF-04: a column that somebody made by hand is named', async () => {
    const area = await areaOf(...users, column('users', 'vip'));
    const judged = check.judge({ area }, makePolicy(accepted({ schema: await areaOf(...users) })));
    expect(judged).toMatchObject({ outcome: 'warn', said: 'column users.vip added' });
  });

  it('DRF-04: a table that is gone is one change, not one more for each column', async () => {
    const judged = check.judge({ area: {} }, makePolicy(accepted({ schema: await areaOf(...users) })));
    expect(judged.said).toBe('table users removed');
  });

  it('E-64: what a release moved needs nothing from a person; what a hand moved after it does', async () => {
    const [before, after] = [await areaOf(...users), await areaOf(...users, column('users', 'due'))];
    const moves = [{ version: 'v2.1.0', moves: findMoves(before, after) }];
    const policy = makePolicy(accepted({ schema: before }, { moves }));
    expect(check.judge({ area: after }, policy)).toMatchObject({
      outcome: 'pass',
      said: '3 as accepted; 1 changed by v2.1.0',
    });
    const byHand = await areaOf(...users, column('users', 'due', 'date'));
    expect(check.judge({ area: byHand }, policy)).toMatchObject({
      outcome: 'warn',
      said: 'column users.due changed',
    });
    expect(check.judge({ area: before }, policy)).toMatchObject({
      outcome: 'warn',
      said: 'column users.due removed',
    });
    const never = makePolicy(accepted({}, { moves }));
    expect(check.judge({ area: before }, never).outcome).toBe('skip');
  });
});
