import { expect, it } from 'vitest';
import { countGap } from '../../src/domain/gap/gap.ts';
import { writeGapSql } from '../../src/domain/gap/write-sql.ts';
import { makePostgres } from '../../src/services/postgres/real.ts';
import { makeDatabaseSurroundings } from '../services/postgres/open-database.ts';
import { MemoryNeon } from '../support/memory/neon.ts';
import { describeNeonPort } from './neon-suite.ts';
import { type Ground, openNeon, readNotes, startGround } from './neon-world.ts';

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
