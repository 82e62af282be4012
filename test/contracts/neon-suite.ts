import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isReleaseError } from '../../src/domain/failure.ts';
import type { NeonPort } from '../../src/services/neon/port.ts';

interface NeonWorld {
  readonly neon: NeonPort;
  /** The live database: rows in, rows out, and how far its log is. */
  write(text: string): Promise<void>;
  read(): Promise<readonly string[]>;
  position(): Promise<string>;
  /** Rows at an address that the port handed out. */
  readAt(url: string): Promise<readonly string[]>;
  /** What stands at Neon now. */
  branches(): readonly {
    readonly name: string;
    readonly parent: string | undefined;
    readonly hasCompute: boolean;
  }[];
  /** The next change is made, and its answer does not arrive. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return isReleaseError(error) ? { code: error.code, state: error.text.state } : error;
};

/**
 * What every Neon port must do. Environments: production; preview without Neon; lost, whose branch is not there. `more`
 * adds what only one of them can show.
 */
export function describeNeonPort(
  name: string,
  open: () => Promise<NeonWorld>,
  more?: (world: () => NeonWorld) => void,
): void {
  describe(name, () => {
    let world: NeonWorld;
    const named = (branch: string) => world.branches().filter((one) => one.name === branch);
    const openByName = async (backup: string): Promise<readonly string[]> => {
      const found = await world.neon.findBackup('production', backup);
      return world.neon.withOpenBackup('production', found?.id ?? '', world.readAt);
    };

    beforeAll(async () => {
      world = await open();
      await world.write('first');
    });
    afterAll(() => world.close());

    it('E-44: reads how far back a restore reaches', async () => {
      expect(await world.neon.retentionHours('production')).toBe(24);
    });

    it('E-68: says where the branch answers, and fails for one that is not there', async () => {
      const { host, port, database } = await world.neon.place('production');
      expect(host).not.toBe('');
      expect(port).toBeGreaterThan(0);
      expect(database).toBe('rur2');
      expect(await failureOf(world.neon.place('lost'))).toMatchObject({ code: 'E_NEON_BRANCH' });
    });

    it('HOP-22: counts the branches that are there, and how many there may be', async () => {
      const { branches, branchLimit } = await world.neon.capacity('production');
      expect({ branches, branchLimit }).toEqual({ branches: world.branches().length, branchLimit: 10 });
      expect(await failureOf(world.neon.capacity('lost'))).toMatchObject({ code: 'E_NEON_BRANCH' });
    });

    it('DAY-08: makes a backup that is ready and found by its exact name', async () => {
      const made = await world.neon.createBackup('production', 'backup/v2.1.0');
      await world.neon.createBackup('production', 'backup/v2.1.0-2');
      expect(made).toMatchObject({ name: 'backup/v2.1.0', ready: true });
      expect(await world.neon.findBackup('production', 'backup/v2.1.0')).toEqual(made);
      expect(await world.neon.findBackup('production', 'backup/v2')).toBeUndefined();
      expect(named('backup/v2.1.0')).toEqual([
        { name: 'backup/v2.1.0', parent: 'production', hasCompute: false },
      ]);
    });

    it('makes no second branch of the same name', async () => {
      const again = await world.neon.createBackup('production', 'backup/v2.1.0');
      expect(again).toEqual(await world.neon.findBackup('production', 'backup/v2.1.0'));
      expect(named('backup/v2.1.0')).toHaveLength(1);
    });

    it('DAY-09: opens a backup, reads what was there at its moment, and closes it again', async () => {
      await world.write('second');
      expect(await openByName('backup/v2.1.0')).toEqual(['first']);
      expect(named('backup/v2.1.0')[0]?.hasCompute).toBe(false);
      expect(await world.read()).toEqual(['first', 'second']);
    });

    it('closes a backup also when it cannot be read, and passes on why', async () => {
      const { id = '' } = (await world.neon.findBackup('production', 'backup/v2.1.0')) ?? {};
      const broken = () => Promise.reject(new Error('no such table'));
      await expect(world.neon.withOpenBackup('production', id, broken)).rejects.toThrow('no such table');
      expect(named('backup/v2.1.0')[0]?.hasCompute).toBe(false);
    });

    it('F56: looks for the branch when its answer is lost, and makes no second one', async () => {
      world.loseNextAnswer();
      const made = await world.neon.createBackup('production', 'backup/lost');
      expect(made).toMatchObject({ name: 'backup/lost', ready: true });
      expect(named('backup/lost')).toHaveLength(1);
    });

    it('E-48: names the branches that hang on the environment', async () => {
      const names = await world.neon.children('production');
      expect([...names].sort()).toEqual(['backup/lost', 'backup/v2.1.0', 'backup/v2.1.0-2']);
    });

    it('deletes a backup, and takes one that is gone already for deleted', async () => {
      const { id = '' } = (await world.neon.findBackup('production', 'backup/lost')) ?? {};
      await world.neon.deleteBackup('production', id);
      await world.neon.deleteBackup('production', id);
      expect(named('backup/lost')).toEqual([]);
    });

    const trial = (name: string, signal = new AbortController().signal) => ({
      name,
      role: '',
      expiresAt: new Date(Date.now() + 1_800_000).toISOString(),
      signal,
    });

    it('MIG-04: makes a branch of the present state to try something out on, and deletes it afterwards', async () => {
      const seen = await world.neon.withTrialBranch('production', trial('rehearsal/one'), async (url) => ({
        rows: await world.readAt(url),
        branch: named('rehearsal/one'),
      }));
      expect(seen).toEqual({
        rows: ['first', 'second'],
        branch: [{ name: 'rehearsal/one', parent: 'production', hasCompute: true }],
      });
      expect(named('rehearsal/one')).toEqual([]);
    });

    it('MIG-04: deletes it also when what was tried out failed, and passes on why', async () => {
      const broken = () => Promise.reject(new Error('it broke'));
      const work = world.neon.withTrialBranch('production', trial('rehearsal/two'), broken);
      await expect(work).rejects.toThrow('it broke');
      expect(named('rehearsal/two')).toEqual([]);
    });

    it('MIG-04: makes nothing for somebody who wants to leave', async () => {
      const stop = new AbortController();
      stop.abort(new Error('stopped'));
      const work = world.neon.withTrialBranch(
        'production',
        trial('rehearsal/three', stop.signal),
        world.readAt,
      );
      await expect(work).rejects.toThrow('stopped');
      expect(named('rehearsal/three')).toEqual([]);
    });

    it('lists the branches whose name begins in a certain way', async () => {
      const names = async (prefix: string) =>
        (await world.neon.branchesNamed('production', prefix)).map(({ name }) => name).sort();
      expect(await names('backup/')).toEqual(['backup/v2.1.0', 'backup/v2.1.0-2']);
      expect(await names('v2.1.0')).toEqual([]);
    });

    it('neither deletes nor opens the branch that users live on', async () => {
      const { id = '' } = (await world.neon.findBackup('production', 'production')) ?? {};
      const refused = { code: 'E_NEON_BRANCH', state: 'untouched' };
      expect(await failureOf(world.neon.deleteBackup('production', id))).toEqual(refused);
      expect(await failureOf(world.neon.withOpenBackup('production', id, world.readAt))).toEqual(refused);
      expect(named('production')).toHaveLength(1);
    });

    it('says what is not configured and what is not there', async () => {
      const { neon } = world;
      expect(await failureOf(neon.createBackup('preview', 'x'))).toEqual({
        code: 'E_NOT_CONFIGURED',
        state: 'untouched',
      });
      expect(await failureOf(neon.createBackup('lost', 'x'))).toEqual({
        code: 'E_NEON_BRANCH',
        state: 'untouched',
      });
    });

    it('E-45, E-48: goes back to a position, keeps the state before, and moves the branches below it', async () => {
      const lsn = await world.position();
      await world.write('third');
      await world.neon.restore('production', { lsn }, 'pre-rollback-2.1.0');
      expect(await world.read()).toEqual(['first', 'second']);
      expect(await openByName('pre-rollback-2.1.0')).toEqual(['first', 'second', 'third']);
      expect(await world.neon.children('production')).toEqual([]);
      expect(named('backup/v2.1.0')[0]?.parent).toBe('pre-rollback-2.1.0');
      expect(await openByName('backup/v2.1.0')).toEqual(['first']);
    });

    it('E-48: refuses a second restore that would keep its state under the same name', async () => {
      const lsn = await world.position();
      await world.write('fourth');
      expect(await failureOf(world.neon.restore('production', { lsn }, 'pre-rollback-2.1.0'))).toEqual({
        code: 'E_RESTORE_NAME_TAKEN',
        state: 'untouched',
      });
      expect(await world.read()).toEqual(['first', 'second', 'fourth']);
    });

    it('refuses a restore that keeps nothing', async () => {
      const lsn = await world.position();
      expect(await failureOf(world.neon.restore('production', { lsn }, ' '))).toEqual({
        code: 'E_RESTORE_REFUSED',
        state: 'untouched',
      });
    });

    it('refuses a moment before the history, one that has not come, and one that is none', async () => {
      const moments = ['2001-01-01T00:00:00Z', '2999-01-01T00:00:00Z', 'yesterday'];
      const codes: unknown[] = [];
      for (const at of moments)
        codes.push(await failureOf(world.neon.restore('production', { at }, 'pre-rollback-never')));
      expect(codes).toEqual([
        { code: 'E_RESTORE_TOO_OLD', state: 'untouched' },
        { code: 'E_RESTORE_REFUSED', state: 'untouched' },
        { code: 'E_RESTORE_REFUSED', state: 'untouched' },
      ]);
      expect(named('pre-rollback-never')).toEqual([]);
    });

    it('restores a second time, to a position after the first restore', async () => {
      const lsn = await world.position();
      await world.write('fifth');
      await world.neon.restore('production', { lsn }, 'pre-rollback-2.1.1');
      expect(await world.read()).toEqual(['first', 'second', 'fourth']);
      expect(await openByName('pre-rollback-2.1.1')).toEqual(['first', 'second', 'fourth', 'fifth']);
      expect(await openByName('pre-rollback-2.1.0')).toEqual(['first', 'second', 'third']);
    });

    it('F56: restores once when the answer is lost', async () => {
      const lsn = await world.position();
      await world.write('sixth');
      world.loseNextAnswer();
      await world.neon.restore('production', { lsn }, 'pre-rollback-2.1.2');
      expect(await world.read()).toEqual(['first', 'second', 'fourth']);
      expect(named('pre-rollback-2.1.2')).toHaveLength(1);
    });

    it('tells a restore that happened, by the name under which the state before is kept', async () => {
      expect(await world.neon.awaitRestore('production', 'pre-rollback-2.1.2')).toBe(true);
      expect(await world.neon.awaitRestore('production', 'pre-rollback-never')).toBe(false);
    });

    it('RBX-4A1: puts what is tried out on back to an earlier position, and leaves the live branch alone', async () => {
      const live = await world.read();
      const before = await world.position();
      await world.write('of today');
      const seen = await world.neon.withTrialBranch(
        'production',
        trial('rehearsal/back'),
        async (url, { restoreTo }) => {
          const both = await world.readAt(url);
          await restoreTo(before);
          return [both, await world.readAt(url)];
        },
      );
      expect(seen).toEqual([[...live, 'of today'], live]);
      expect(await world.read()).toEqual([...live, 'of today']);
      expect(named('rehearsal/back')).toEqual([]);
    });

    more?.(() => world);
  });
}
