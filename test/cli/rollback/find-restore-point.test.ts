import { describe, expect, it } from 'vitest';
import { findRestorePoint } from '../../../src/cli/rollback/find-restore-point.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import type { Version } from '../../../src/domain/version.ts';
import { MemorySlack } from '../../support/memory/slack.ts';
import { gitAlone, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

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
    expect(found).toEqual({ point: point(1), source: 'ledger, run r-past-1', isFromLedger: true });
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
    expect(await find('v2.0.3', tags)).toEqual({
      point: point(1),
      source: 'tag v2.1.0',
      isFromLedger: false,
    });
    expect(await find('v2.1.0', tags)).toEqual({
      point: point(2),
      source: 'tag v2.2.0',
      isFromLedger: false,
    });
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

  it('takes no text for a point that is none', async () => {
    for (const text of [
      '0/10 now 751',
      '0/10 2025-09-01T14:00:00.000Z x',
      "0/10 2025-09-01T14:00:00.000Z 7'; --",
    ]) {
      const odd = { 'Previous-Version': 'v2.0.3', 'Restore-Point': text };
      await expect(find('v2.0.3', [['v2.1.0', odd]])).rejects.toMatchObject({ code: 'E_NO_RESTORE_POINT' });
    }
  });
});

describe('the restore point of a version that neither ledger nor tag knows', () => {
  const carried = (from: string, n?: number) => ({
    env: 'production',
    version: 'v2.1.0',
    from,
    ...(n === undefined ? {} : { restore_point: trailersOf(from, n)['Restore-Point'] }),
  });
  const message = { text: 'x', blocks: [] };
  const slackRunbook = gitAlone({
    services: {
      slack: {
        botToken: '$SLACK_BOT_TOKEN',
        channels: { releases: { id: 'C0RELEASES' } },
        routes: { 'release-start': ['releases'], 'release-progress': ['releases'] },
      },
    },
  });

  async function ask(tell: (slack: MemorySlack) => Promise<unknown>, services: WantedWorld['services'] = {}) {
    const world = makeCliWorld({
      command: 'rollback',
      runbook: slackRunbook,
      configured: ['git', 'slack', 'neon'],
    });
    const slack = new MemorySlack({ releases: 'bot' }, () => world.wired.clock.now());
    await tell(slack);
    Object.assign(world.wired.services, { slack, neon: { branchesNamed: async () => [] }, ...services });
    return findRestorePoint(world.wired, 'v2.0.3' as Version);
  }
  const post = (slack: MemorySlack, run: string, facts: Record<string, string>, thread?: string) =>
    slack.post('releases', message, { run, step: thread ? 'progress' : 'announce' }, thread, facts);

  it('F76: is read from what the messages of the release carry, in its thread', async () => {
    const found = await ask(async (slack) => {
      const { ts } = await post(slack, 'r-1', carried('v2.0.3'));
      await post(slack, 'r-1', carried('v2.0.3', 1), ts);
      await post(slack, 'r-2', carried('v2.1.0', 2));
    });
    expect(found).toEqual({ point: point(1), source: 'Slack #releases, run r-1', isFromLedger: false });
  });

  it('is not the one of an earlier release when the last one that left it told none', async () => {
    const refused = ask(async (slack) => {
      await post(slack, 'r-1', carried('v2.0.3', 1));
      await post(slack, 'r-2', carried('v2.0.3'));
    });
    await expect(refused).rejects.toMatchObject({ code: 'E_NO_RESTORE_POINT' });
  });

  it('is not the one of another environment', async () => {
    const refused = ask((slack) => post(slack, 'r-1', { ...carried('v2.0.3', 1), env: 'staging' }));
    await expect(refused).rejects.toMatchObject({ code: 'E_NO_RESTORE_POINT' });
  });

  it('is left to hands, with the names of the backups, when Slack does not answer', async () => {
    const silent = async (): Promise<never> => {
      throw new ReleaseError('E_SLACK_UNREACHABLE', { what: 'silent', next: 'Look.', state: 'untouched' });
    };
    const backup = {
      id: 'br-1',
      name: 'pre-v2.1.0-7f3a',
      createdAt: '2025-09-01T13:59:00.000Z',
      ready: true,
    };
    const refused = ask(async () => undefined, {
      slack: { transport: () => 'bot', recall: silent },
      neon: { branchesNamed: async () => [backup] },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'E_NO_RESTORE_POINT',
      text: { next: expect.stringContaining('pre-v2.1.0-7f3a (2025-09-01T13:59:00.000Z)') },
    });
  });
});
