import { describe, expect, it } from 'vitest';
import { type DatabaseSpot, findSharedFate } from '../../src/domain/find-shared-fate.ts';

const target: DatabaseSpot = {
  systemIdentifier: '7300000000000000001',
  database: 'rur2',
  host: 'ep-live.neon.tech',
  port: 5432,
};
const apart: DatabaseSpot = {
  systemIdentifier: '7300000000000000002',
  database: 'ledger',
  host: 'ep-ledger.neon.tech',
  port: 5432,
};

describe('a ledger and the database that is released', () => {
  it.each([
    ['on another server', {}, {}, undefined],
    [
      'in another database of the cluster',
      { systemIdentifier: target.systemIdentifier },
      {},
      'same PostgreSQL cluster',
    ],
    ['at the same address', { host: target.host, database: 'rur2' }, {}, 'same address'],
    [
      'at the same address behind a pooler',
      { host: 'ep-live-pooler.neon.tech', database: 'rur2' },
      {},
      'same address',
    ],
    ['at the same host under another name', { host: target.host }, {}, undefined],
    ['at another port', { host: target.host, database: 'rur2', port: 6432 }, {}, undefined],
    [
      'in a copy of the database',
      { ledgerId: 'l-1' },
      { ledgerId: 'l-1' },
      'rur2 on ep-live.neon.tech itself',
    ],
    ['beside a ledger of somebody else', { ledgerId: 'l-1' }, { ledgerId: 'l-2' }, undefined],
  ])('F52: %s: the answer is told apart', (_, ledger, own, why) => {
    const found = findSharedFate({ ...target, ...own }, { ...apart, ...ledger });
    if (why === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(why);
  });
});
