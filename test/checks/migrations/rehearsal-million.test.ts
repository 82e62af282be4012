import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import check from '../../../checks/migrations/rehearsal.check.ts';
import { type RehearsedFile, readRehearsed } from '../../../src/domain/rehearsed.ts';
import type { Services } from '../../../src/kit.ts';
import type { MigrationFile } from '../../../src/services/postgres/port.ts';
import { fileOf, gitWith, startRehearsalWorld } from '../../support/rehearsal-world.ts';

const ROWS = 1_000_000;
const SEED = `
  create table big (n int not null);
  insert into big select i from generate_series(1, ${ROWS}) as i;
  create table notes (id serial primary key, text text);
  insert into notes (text) values ('first'), ('second');`;

let world: Awaited<ReturnType<typeof startRehearsalWorld>>;

async function rehearse(files: readonly MigrationFile[]) {
  const { archive, neon, postgres } = world;
  const services = { archive, git: gitWith(files), neon, postgres } as unknown as Services;
  return check.judge(await check.probe(services, world.scope()), world.scope());
}

const filesOf = (judged: { readonly evidence?: unknown }): readonly RehearsedFile[] => [
  ...readRehearsed(judged.evidence).values(),
];

beforeAll(async () => {
  world = await startRehearsalWorld(SEED);
}, 60_000);
afterAll(() => world.close());

describe('a rehearsal on a table of one million rows', () => {
  it('MIG-01: calls a column with a constant default instant, and a changed type a rewrite with its lock', async () => {
    const answer = await rehearse([
      fileOf(
        1,
        'flag',
        'alter table big add column flag int not null default 7',
        'alter table big drop column flag',
      ),
      fileOf(
        2,
        'wider',
        'alter table big alter column n type bigint',
        'alter table big alter column n type int',
      ),
    ]);
    expect(answer).toMatchObject({
      said: expect.stringMatching(
        /^0001_flag is instant \(.*s\); 0002_wider rewrites big \(1,000,000 rows\), no reads or writes for .*s; up, down and up again alike$/,
      ),
      evidence: {
        files: [
          { tag: '0001_flag', cost: 'instant', table: 'big', lock: 'AccessExclusiveLock', rows: ROWS },
          { tag: '0002_wider', cost: 'rewrite', table: 'big', lock: 'AccessExclusiveLock', rows: ROWS },
        ],
      },
    });
    const [flag, wider] = filesOf(answer);
    expect(wider?.lockedMs).toBeGreaterThan(flag?.lockedMs ?? Number.POSITIVE_INFINITY);
    expect(wider?.tookMs).toBeGreaterThanOrEqual(wider?.lockedMs ?? Number.POSITIVE_INFINITY);
  }, 60_000);

  it('leaves nothing behind', () => {
    expect(world.branches()).toEqual(['production']);
  });
});
