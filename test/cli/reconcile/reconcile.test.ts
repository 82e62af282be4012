import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import type { Gap, GapTable } from '../../../src/domain/gap/gap.ts';
import { dataBack } from '../../../src/plans/data-back.ts';
import type { RestorePoint } from '../../../src/services/postgres/port.ts';
import { planOf } from '../../support/run-events.ts';
import { endOf, makeCliWorld, type WantedWorld } from '../cli-world.ts';

const point: RestorePoint = { at: '2025-10-01T13:26:30.000Z', lsn: '0/10', xid: '757:757:' };
const keepAs = 'pre-rollback-v2.0.3-aaaa';

const users: GapTable = {
  name: 'users',
  quoted: 'public.users',
  columns: [
    { quoted: 'id', type: 'integer', isKey: true },
    { quoted: 'email', type: 'text', isKey: false },
  ],
  leftOut: ['attempts'],
  hasTriggers: true,
  refersToItself: false,
  lost: [{ key: '{"id": "61"}', values: ["'61'", "'secret@example.com'"] }],
  changed: [],
  deleted: [{ key: '{"id": "20"}', literal: `'{"id": "20"}'` }],
  conflicts: [{ key: '{"id": "9"}', why: 'changed in the gap, and again since the restore' }],
};
const gap: Gap = {
  tables: [users],
  uncompared: [{ name: 'log', rows: 2, why: 'no primary key' }],
  sequences: [],
};
const nothing: Gap = { tables: [], uncompared: [], sequences: [] };

interface Wanted extends WantedWorld {
  readonly gap?: Gap;
  readonly isKept?: boolean;
  readonly restored?: boolean;
}

/** `release rollback --reconcile` after a rollback with a restore. */
async function reconcile(
  { gap: found = gap, isKept = true, restored = true, ...wanted }: Wanted = {},
  args: string[] = [],
) {
  const home = mkdtempSync(join(tmpdir(), 'reconcile-'));
  const asked: unknown[] = [];
  const world = makeCliWorld({
    command: 'rollback',
    configured: ['git', 'neon', 'postgres'],
    services: {
      neon: {
        findBackup: async (_: string, name: string) =>
          isKept ? { id: 'br-kept', name, createdAt: '', ready: true } : undefined,
        withOpenBackup: async (_, id, read) => read(`postgres://kept/${id}`),
      },
      postgres: {
        readGap: async (env, url, at) => {
          asked.push([env, url, at]);
          return found;
        },
      },
    },
    ...wanted,
  });
  const { ledger, wired } = world;
  const run = 'r-20251001-1400-aaaa';
  const entries = dataBack({ kind: 'restore', ...point, keepAs, agreedMinutes: 34 }, 'production', true);
  const plan = { ...planOf(1), command: 'rollback' as const, entries };
  const held = await ledger.acquire(wired.scope, { run, actor: 'Dana Ito', reason: 'rolls back' });
  const data = { plan, request: {}, configDigest: 'd1' };
  await ledger.append(held, { id: `${run}:planned`, run, type: 'run.planned', data });
  if (restored)
    await ledger.append(held, {
      id: `${run}:done`,
      run,
      step: 'restore-database',
      type: 'step.done',
      data: { how: 'effect', done: { keptAs: keepAs }, tookMs: 1 },
    });
  await ledger.release(held, 'completed');
  const context = { ...world.context, env: { HOME: home } };
  const ended = await endOf(runRollback(args, { reconcile: true }, context, wired));
  return { ...ended, home, asked, run, world };
}

describe('rollback --reconcile', () => {
  it('RBX-4C2: compares the kept state of the last restore, by its restore point', async () => {
    const { asked, result } = await reconcile();
    expect(asked).toEqual([['production', 'postgres://kept/br-kept', point]]);
    expect(result?.result).toMatchObject({ keptAs: keepAs, lost: 1, changed: 0, deleted: 1, conflicts: 1 });
  });

  it('writes the SQL where its owner alone can read it, outside of the checkout, and says how it is applied', async () => {
    const { result, home, run } = await reconcile();
    const file = String(result?.result.file);
    expect(file.startsWith(join(home, '.local/state/release', `reconcile-production-${run}-`))).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain("('61', 'secret@example.com')");
    expect(result?.next).toEqual([`psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f '${file}'`]);
    expect(result?.text).toContain(file);
  });

  it('tells numbers on the screen and in JSON, and keeps what the rows hold to the file', async () => {
    const { result, world } = await reconcile();
    const told = `${result?.text} ${JSON.stringify(result?.result)} ${JSON.stringify(world.entriesOf('fact'))}`;
    expect(told).not.toContain('secret@example.com');
    expect(told).not.toContain('{"id');
    const lines = String(result?.text).split('\n').slice(0, 12);
    expect(lines).toEqual([
      '  What the restore of production took: written after 2025-10-01T13:26:30.000Z,',
      '  kept as pre-rollback-v2.0.3-aaaa (run r-20251001-1400-aaaa)',
      '',
      '  table  lost  changed  deleted  in conflict',
      '  users  1     ·        1        1',
      '',
      '  1 row lost, 0 changes lost; for a person: 1 deletion, 1 conflict',
      '',
      '  ✖ users: 1 row changed in the gap, and again since the restore',
      '  ▲ log was not compared (2 rows written): no primary key',
      '  ▲ users: attempts cannot come back, the column is not there any more',
      '  ▲ triggers will run: users',
    ]);
  });

  it('writes no file when nothing is missing', async () => {
    const { result } = await reconcile({ gap: nothing });
    expect(result?.result).toMatchObject({ lost: 0, file: null });
    expect(result?.next).toEqual([]);
  });

  it.each([
    ['E_NO_RESTORE', 'no rollback restored', { restored: false }, []],
    ['E_NO_RESTORE', 'the named run did not', {}, ['r-other']],
    ['E_KEPT_GONE', 'the kept branch is gone', { isKept: false }, []],
    ['E_NOT_CONFIGURED', 'Neon is not configured', { configured: ['git', 'postgres'] }, []],
    ['E_SECRET_MISSING', 'a key is missing', { missing: [{ name: 'NEON', services: ['neon'] }] }, []],
  ] satisfies [string, string, Wanted, string[]][])(
    'refuses with %s when %s',
    async (code, _, wanted, args) => {
      expect((await reconcile(wanted, args)).code).toBe(code);
    },
  );

  it('takes a run with --reconcile only', async () => {
    const { context, wired } = makeCliWorld({ command: 'rollback' });
    expect((await endOf(runRollback(['v2.0.3'], {}, context, wired))).code).toBe('E_ARGUMENTS');
  });
});
