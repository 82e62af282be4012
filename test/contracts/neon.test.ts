import { describe, expect, it } from 'vitest';
import { countGap } from '../../src/domain/gap/gap.ts';
import { writeGapSql } from '../../src/domain/gap/write-sql.ts';
import { makePostgres } from '../../src/services/postgres/real.ts';
import { makeDatabaseSurroundings } from '../services/postgres/open-database.ts';
import { MemoryNeon } from '../support/memory/neon.ts';
import { describeNeon } from './conform.ts';
import { describeNeonPort } from './neon-suite.ts';
import { exchanges, type Ground, openNeon, readNotes, startGround } from './neon-world.ts';

const splitQuery = (path: string) => {
  const { pathname, searchParams } = new URL(path, 'http://stand-in');
  return { path: pathname, query: searchParams };
};

let ground: Ground;
const openReal = async () => {
  ground = await startGround();
  const { server, neon } = await openNeon(ground);
  return {
    neon,
    write: ground.write,
    read: ground.read,
    position: ground.position,
    readAt: readNotes,
    branches: () => server.branches().map(({ name, parent, hasCompute }) => ({ name, parent, hasCompute })),
    loseNextAnswer: () =>
      server.addFault({ method: 'POST', path: /branches/, times: 1, answer: 'drop', after: true }),
    close: async () => {
      await server.close();
      await ground.close();
    },
  };
};

describeNeonPort('the real Neon adapter against the wire server', openReal, (world) => {
  it('RBX-4A2, RBX-4C2: gives back what a restore took, and refuses a second run', async () => {
    const { neon, write, read } = world();
    const postgres = makePostgres(makeDatabaseSurroundings({ url: ground.cluster.url('rur2') }));
    const point = await postgres.restorePoint('production');
    const before = await read();
    for (const text of ['one', "two's", 'three']) await write(text);
    await neon.restore('production', { lsn: point.lsn }, 'pre-rollback-gap');
    expect(await read()).toEqual(before);
    const { id = '' } = (await neon.findBackup('production', 'pre-rollback-gap')) ?? {};
    const look = () =>
      neon.withOpenBackup('production', id, (url) => postgres.readGap('production', url, point));
    const gap = await look();
    expect(countGap(gap)).toEqual({ lost: 3, changed: 0, deleted: 0, conflicts: 0 });
    const sql = writeGapSql(gap, { env: 'production', run: 'r-1', keptAs: 'k', at: point.at }, 'a.sql');
    await ground.cluster.query('rur2', sql);
    await expect(ground.cluster.query('rur2', sql)).rejects.toThrow('reconciled_pkey');
    expect(await read()).toEqual([...before, 'one', "two's", 'three']);
    expect((await look()).tables).toEqual([]);
    await postgres.close();
  });
});

describeNeonPort('the Neon of memory', async () => {
  const targets = { production: 'production', lost: 'gone' };
  const memory = new MemoryNeon(targets, () => new Date('2025-10-01T14:00:00Z'));
  return {
    neon: memory,
    write: async (text) => memory.write('production', text),
    read: async () => memory.read('production'),
    position: async () => memory.position(),
    readAt: async (url) => memory.readAt(url),
    branches: () =>
      memory.branches.map(({ name, parent, hasCompute }) => ({
        name,
        parent: memory.branches.find(({ id }) => id === parent)?.name,
        hasCompute,
      })),
    // The adapter finds what was made although the answer was lost; the memory has nothing to look for.
    loseNextAnswer: () => {},
    close: async () => {},
  };
});

describe("Neon's own description of its API", () => {
  const api = describeNeon();

  it('knows every address, parameter and field that was asked for or answered here', () => {
    expect(new Set(exchanges.map(({ call }) => call.method))).toEqual(new Set(['GET', 'POST', 'DELETE']));
    expect(new Set(exchanges.flatMap((one) => api.faults(one)))).toEqual(new Set());
  });

  const branches = '/api/v2/projects/quiet-river-12345678/branches';
  const asked = (method: string, path: string, body: unknown, json: unknown) =>
    api.faults({
      call: {
        method,
        ...splitQuery(path),
        params: {},
        headers: {},
        body: Buffer.from(body ? JSON.stringify(body) : ''),
      },
      answer: { status: method === 'POST' ? 201 : 200, json },
    });
  it.each([
    ['an address that is none', 'GET', '/api/v2/project/x', undefined, {}, 'is not described'],
    ['a parameter', 'GET', `${branches}?nam=x`, undefined, {}, 'no parameter nam'],
    [
      'a field of a request',
      'POST',
      branches,
      { branch: { naem: 'x' } },
      {},
      'request branch: Unrecognized key',
    ],
    ['a value of another type', 'POST', branches, { branch: { name: 7 } }, {}, 'request branch.name'],
    [
      'a field of an answer',
      'GET',
      branches,
      undefined,
      { branches: [{ nmae: 'x' }] },
      '200 branches.0: Unrecognized key',
    ],
    [
      'another type in an answer',
      'GET',
      branches,
      undefined,
      { branches: [{ default: 1 }] },
      '200 branches.0.default',
    ],
    [
      'a request without what it needs',
      'POST',
      `${branches}/br-1/restore`,
      { preserve_under_name: 'x' },
      {},
      'request source_branch_id',
    ],
  ])('does not know %s', (_, method, path, body, json, fault) => {
    expect(asked(method, path, body, json)).toEqual([expect.stringContaining(fault)]);
  });
});
