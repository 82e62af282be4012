import { describe, expect, it } from 'vitest';
import { findRestorePoint } from '../../../src/cli/rollback/find-restore-point.ts';
import type { Version } from '../../../src/domain/version.ts';
import { makeCliWorld, tagOf } from '../cli-world.ts';

const point = (n: number) => ({ at: `2025-09-0${n}T14:00:00.000Z`, lsn: `0/${n}0`, xid: `75${n}` });
const trailersOf = (from: string, n: number) => ({
  'Previous-Version': from,
  'Restore-Point': `${point(n).lsn} ${point(n).at} ${point(n).xid}`,
});
type World = ReturnType<typeof makeCliWorld>;

async function find(
  to: string,
  tags: Parameters<typeof tagOf>[] = [],
  fill?: (world: World) => Promise<unknown>,
) {
  const world = makeCliWorld({ command: 'rollback', tags: tags.map((one) => tagOf(...one)) });
  await fill?.(world);
  return findRestorePoint(world.wired, to as Version);
}

describe('the restore point of a version', () => {
  it('E-88: is the one of the first deploy that left it, however many releases came after', async () => {
    const found = await find('v2.0.3', [], async ({ past }) => {
      await past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { 'restore-point': point(1) });
      await past('deploy', ['v2.1.0', 'v2.2.0'], 'completed', { 'restore-point': point(2) });
    });
    expect(found).toEqual({ point: point(1), source: 'ledger, run r-past-1' });
  });

  it('is the newest one when the version was left, taken back and left again', async () => {
    const found = await find('v2.0.3', [], async ({ past }) => {
      await past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { 'restore-point': point(1) });
      await past('rollback', ['v2.1.0', 'v2.0.3']);
      await past('deploy', ['v2.0.3', 'v2.1.1'], 'failed', { 'restore-point': point(2) });
    });
    expect(found.point).toEqual(point(2));
  });

  it('is read from the tag of the release that followed, where there is no ledger', async () => {
    const tags: Parameters<typeof tagOf>[] = [
      ['v2.2.0', trailersOf('v2.1.0', 2)],
      ['v2.1.0', trailersOf('v2.0.3', 1)],
      ['v2.1.0-rc.1', trailersOf('v2.0.3', 3)],
      ['v2.0.3'],
    ];
    expect(await find('v2.0.3', tags)).toEqual({ point: point(1), source: 'tag v2.1.0' });
    expect(await find('v2.1.0', tags)).toEqual({ point: point(2), source: 'tag v2.2.0' });
  });

  it('is not half of one: a tag with a part of it is passed over', async () => {
    const half = { 'Previous-Version': 'v2.0.3', 'Restore-Point': '0/10 2025-09-01T14:00:00.000Z' };
    await expect(find('v2.0.3', [['v2.1.0', half]])).rejects.toMatchObject({ code: 'E_NO_RESTORE_POINT' });
    const whole = trailersOf('v2.0.3', 1);
    expect(
      (
        await find('v2.0.3', [
          ['v2.1.1', half],
          ['v2.1.0', whole],
        ])
      ).source,
    ).toBe('tag v2.1.0');
  });

  it('is refused, with the other way, when nobody wrote one down', async () => {
    const none = find('v2.0.2', [], ({ past }) =>
      past('deploy', ['v2.0.3', 'v2.1.0'], 'completed', { 'restore-point': point(1) }),
    );
    await expect(none).rejects.toMatchObject({
      code: 'E_NO_RESTORE_POINT',
      text: { next: expect.stringContaining('--db down') },
    });
  });

  it('E-88: is never the one of an earlier release when the run that left the version noted none', async () => {
    const older: Parameters<typeof tagOf>[] = [['v2.0.9', trailersOf('v2.0.3', 1)]];
    const refused = find('v2.0.3', older, async ({ past }) => {
      await past('deploy', ['v2.0.3', 'v2.0.9'], 'completed', { 'restore-point': point(1) });
      await past('rollback', ['v2.0.9', 'v2.0.3']);
      await past('deploy', ['v2.0.3', 'v2.1.0']);
    });
    await expect(refused).rejects.toMatchObject({
      code: 'E_NO_RESTORE_POINT',
      text: { why: expect.stringContaining('r-past-3 (deploy v2.1.0)') },
    });
  });
});
