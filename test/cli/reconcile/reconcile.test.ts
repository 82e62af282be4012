import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePrivate } from '../../../src/cli/reconcile/write-private.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import type { Gap, GapTable } from '../../../src/domain/gap/gap.ts';
import { endOf, makeCliWorld, type WantedWorld } from '../cli-world.ts';
import { keepAs, makeRestoredWorld, point, run, type Story } from './restored-world.ts';

const users: GapTable = {
  name: 'users',
  quoted: 'public.users',
  columns: [
    { quoted: 'id', type: 'integer', isKey: true, isFixed: false },
    { quoted: 'email', type: 'text', isKey: false, isFixed: false },
  ],
  leftOut: ['attempts'],
  hasTriggers: true,
  refersToItself: false,
  followers: [],
  written: 3,
  lost: [{ key: '{"id": "61"}', values: ["'61'", "'secret@example.com'"] }],
  changed: [],
  deleted: [{ key: '{"id": "20"}', literal: `'{"id": "20"}'`, seen: 'd', xmin: '700' }],
  conflicts: [
    {
      key: '{"id": "9"}',
      values: ["'9'", "'secret@example.com'"],
      why: 'changed in the gap, and again since the restore',
    },
  ],
};
const gap: Gap = {
  tables: [users],
  uncompared: [{ name: 'log', rows: 2, why: 'no primary key' }],
  since: [{ name: 'users', rows: 2 }],
  sequences: [],
  unreadSequences: [],
};
const nothing: Gap = { tables: [], uncompared: [], since: [], sequences: [], unreadSequences: [] };

interface Wanted extends WantedWorld {
  readonly gap?: Gap;
  readonly isKept?: boolean;
  readonly story?: Story;
  readonly breakGlass?: boolean;
}

/** `release rollback --reconcile` after a rollback with a restore. */
async function reconcile(
  { gap: found = gap, isKept = true, story = {}, breakGlass = false, ...wanted }: Wanted = {},
  args: string[] = [],
) {
  const home = mkdtempSync(join(tmpdir(), 'reconcile-'));
  const asked: unknown[] = [];
  const options: WantedWorld = {
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
  };
  const world = await makeRestoredWorld(options, story);
  const context = { ...world.context, env: { HOME: home } };
  const ended = await endOf(runRollback(args, { reconcile: true, breakGlass }, context, world.wired));
  return { ...ended, home, asked, world };
}

describe('rollback --reconcile', () => {
  it('RBX-4C2: compares the kept state of the last restore, by its restore point', async () => {
    const { asked, result } = await reconcile();
    expect(asked).toEqual([['production', 'postgres://kept/br-kept', point]]);
    expect(result?.result).toMatchObject({ keptAs: keepAs, lost: 1, changed: 0, deleted: 1, conflicts: 1 });
  });

  it('writes the SQL where its owner alone can read it, outside of the checkout, and says how it is applied', async () => {
    const { result, home } = await reconcile();
    const file = String(result?.result.file);
    expect(file.startsWith(join(home, '.local/state/release', `reconcile-production-${run}-`))).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain("('61', 'secret@example.com')");
    expect(result?.next).toEqual([
      `psql "$DATABASE_URL" -X -q -v ON_ERROR_STOP=1 -v VERBOSITY=sqlstate -f '${file}'`,
    ]);
    expect(result?.text).toContain(file);
  });

  it('tells numbers on the screen and in JSON, and keeps what the rows hold to the file', async () => {
    const { result, world } = await reconcile();
    const told = `${result?.text} ${JSON.stringify(result?.result)} ${JSON.stringify(world.entriesOf('fact'))}`;
    expect(told).not.toContain('secret@example.com');
    expect(told).not.toContain('{"id');
    const lines = String(result?.text).split('\n').slice(0, 13);
    expect(lines).toEqual([
      '  What the restore of production took: written after 2025-10-01T13:26:30.000Z,',
      '  kept as pre-rollback-v2.0.3-aaaa (run r-20251001-1400-aaaa)',
      '',
      '  table  lost  changed  deleted  in conflict',
      '  users  1     ·        1        1',
      '',
      '  1 row lost; for a person: 0 changes lost, 1 deletion, 1 conflict',
      '',
      '  ✖ users: 1 row changed in the gap, and again since the restore',
      '  ▲ log was not compared (2 rows written): no primary key',
      '  ▲ users: attempts of 3 rows cannot come back: gone, or of another type',
      '  ▲ users: 2 rows there now alone: new, or deleted in the gap and touched since',
      '  ▲ triggers will run: users; decide this first',
    ]);
  });

  it('finds a restore that happened and whose end nobody recorded', async () => {
    const { result } = await reconcile({ story: { ended: 'begun' } });
    expect(result?.result).toMatchObject({ run, keptAs: keepAs, lost: 1 });
  });

  it.each([
    ['a migration was released since the point', ['postgres.migrate'], true],
    ['the ledger knows no release since the point', undefined, true],
    ['no', ['host.publish'], false],
  ] satisfies [string, string[] | undefined, boolean][])(
    'leaves changes to a person when %s',
    async (_, deployed, isHeld) => {
      const change = { key: '{"id": "5"}', values: ["'5'", "'a@b'"], seen: 'd', xmin: '700' };
      const found = { ...gap, tables: [{ ...users, lost: [], changed: [change] }] };
      const { result } = await reconcile({
        gap: found,
        story: deployed === undefined ? {} : { deployed },
      });
      const lines = readFileSync(String(result?.result.file), 'utf8').split('\n');
      expect(lines.find((line) => line.includes('update only'))?.startsWith('-- ')).toBe(isHeld);
      expect(result?.text.includes('changes stand in the file as comments')).toBe(isHeld);
    },
  );

  it('records that rows left the database, by numbers and the digest alone', async () => {
    const { result, world } = await reconcile();
    const [noted] = (await world.entriesOf('fact')).slice(-1);
    expect(JSON.stringify(noted)).toContain(String(result?.result.sha256));
    expect(result?.text).toContain(`sha256 ${result?.result.sha256}`);
  });

  it('writes into no folder that others may write to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reconcile-'));
    mkdirSync(join(folder, 'release'));
    chmodSync(join(folder, 'release'), 0o777);
    expect(() => writePrivate({ env: { XDG_STATE_HOME: folder } }, 'a.sql', 'x')).toThrow(
      'could not be written',
    );
    expect(writePrivate({ env: {} }, 'a.sql', 'x').path).not.toBe(
      writePrivate({ env: {} }, 'a.sql', 'x').path,
    );
  });

  it('does not say that nothing is missing while something was not compared', async () => {
    const { result } = await reconcile({ gap: { ...gap, tables: [] } });
    expect(result?.text).not.toContain('No row is missing');
  });

  it('offers nothing to apply when all that is left is for a person', async () => {
    const decided = { ...gap, tables: [{ ...users, lost: [] }] };
    const { result } = await reconcile({ gap: decided, configured: ['neon', 'postgres', 'stripe'] });
    expect(result?.next).toEqual(['release rollback --replay-events --env production --plan']);
    expect(result?.text).toContain('There is nothing to apply.');
  });

  it('writes no file when nothing is missing', async () => {
    const { result } = await reconcile({ gap: nothing });
    expect(result?.result).toMatchObject({ lost: 0, file: null });
    expect(result?.next).toEqual([]);
  });

  it.each([
    ['E_NO_RESTORE', 'no rollback restored', { story: { ended: 'no' } }, []],
    ['E_NO_RESTORE', 'the last one is in doubt', { story: { ended: 'begun' }, isKept: false }, []],
    ['E_FLAG_REFUSED', 'the ledger is to be passed by', { breakGlass: true }, []],
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
