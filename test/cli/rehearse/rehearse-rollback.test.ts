import { describe, expect, it } from 'vitest';
import { parseWords } from '../../../src/cli/program.ts';
import { runRollback } from '../../../src/cli/rollback/run-rollback.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { endOf, gitAlone, makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const ORIGIN = {
  branches: { main: 'a'.repeat(40), 'release/v2.2.0': 'b'.repeat(40) },
  tags: [tagOf('v2.2.0-rc.1'), tagOf('v2.1.0'), tagOf('v2.0.3')],
  sameTree: true,
};
const live = async () => ({ version: '2.1.0', latencyMs: 1 });
const limit = (minutes: number) => ({
  title: 'urgent',
  who: 'Sam',
  startWithinMinutes: 1,
  doneWithinMinutes: minutes,
});
const limitsOf = (p0: number) => ({
  severities: { P0: limit(p0), P1: limit(30), P2: limit(60), P3: limit(90) },
});

function openWorld(wanted: WantedWorld = {}) {
  const world = makeCliWorld({ command: 'rollback', live, ...ORIGIN, ...wanted });
  const { context } = world;
  const host = { can: () => ({ publish: true, strategy: 'command' }) };
  Object.assign(world.wired.services.host, host);
  const rehearse = (...words: readonly string[]) => {
    const { args, options } = parseWords(['rollback', ...words], {});
    return endOf(runRollback(args, options, context, world.wired));
  };
  return { ...world, rehearse };
}

const recorded = ({ entriesOf }: ReturnType<typeof openWorld>) =>
  entriesOf('rollback.rehearsed').map(({ data }) => data as Record<string, unknown>);

describe('a rehearsed rollback', () => {
  it.each([
    [['--rehearse'], ['v2.2.0', 'v2.1.0']],
    [
      ['--rehearse', '--to', 'v2.1.0'],
      ['v2.2.0', 'v2.1.0'],
    ],
    [
      ['--rehearse', '--to', 'v2.0.3'],
      ['v2.1.0', 'v2.0.3'],
    ],
    [
      ['--rehearse', '--from', 'v2.2.0-rc.1', '--to', 'v2.0.3'],
      ['v2.2.0', 'v2.0.3'],
    ],
    [
      ['--rehearse', '--from', 'v2.1.0'],
      ['v2.1.0', 'v2.0.3'],
    ],
  ])('%j goes back %j', async (words, ends) => {
    const world = openWorld();
    const { result } = await world.rehearse(...words);
    expect([result?.result.from, result?.result.to]).toEqual(ends);
  });

  it('PRE-32: is recorded with what it was about, and takes no lock', async () => {
    const world = openWorld({ runbook: gitAlone(limitsOf(15)) });
    const { result } = await world.rehearse('--rehearse');
    expect(result).toMatchObject({ exitCode: 0, verdict: 'proven' });
    expect(recorded(world)).toEqual([
      expect.objectContaining({
        from: 'v2.2.0',
        to: 'v2.1.0',
        commit: 'b'.repeat(40),
        target: tagOf('v2.1.0').commit,
        data: 'none',
        outcome: 'proven',
        configDigest: world.wired.digest,
        severity: 'P0',
        limitMs: 15 * 60_000,
      }),
    ]);
    expect(world.entriesOf('lock.acquired')).toEqual([]);
    expect(world.asked).not.toContain('git.push');
  });

  it('is not proven where the restore commit does not have the earlier tree', async () => {
    const { result } = await openWorld({ sameTree: false }).rehearse('--rehearse');
    expect(result).toMatchObject({ exitCode: 3, verdict: 'not-proven' });
  });

  it('RBX-00: is not proven where the rollback would take longer than its urgency allows', async () => {
    // The usual time of a publish alone is four minutes.
    const host = { strategy: 'manual', instructions: ['Publish it.'] };
    const runbook = gitAlone({
      ...limitsOf(2),
      environments: { production: { url: 'https://rur2.example', host } },
    });
    const { result } = await openWorld({ runbook }).rehearse('--rehearse');
    expect(result).toMatchObject({ exitCode: 3, verdict: 'not-proven' });
    expect(result?.result.estimate).toMatchObject({ limitMs: 2 * 60_000, severity: 'P0' });
  });

  it('is not known while the application does not answer, and says which part', async () => {
    let answers = 0;
    const dying = async () => {
      answers += 1;
      if (answers < 2) return { version: '2.1.0', latencyMs: 1 };
      throw new ReleaseError('E_APP_DOWN', {
        what: 'It does not answer.',
        next: 'Look at it.',
        state: 'untouched',
      });
    };
    const world = openWorld({ live: dying });
    const { result } = await world.rehearse('--rehearse');
    expect(result).toMatchObject({ exitCode: 3, verdict: 'unknown' });
    expect(recorded(world)[0]?.because).toMatch(/^services: application: It does not answer/);
  });

  it('is not known while the database does not answer, and tries the rest', async () => {
    const away = () =>
      Promise.reject(
        new ReleaseError('E_DB_UNREACHABLE', {
          what: 'It is away.',
          next: 'Look at it.',
          state: 'untouched',
        }),
      );
    const world = openWorld({
      runbook: gitAlone({ migrations: {} }),
      configured: ['git', 'host', 'postgres'],
      services: { postgres: { appliedMigrations: away } },
    });
    const { result } = await world.rehearse('--rehearse');
    expect(result).toMatchObject({ exitCode: 3, verdict: 'unknown' });
    expect(recorded(world)[0]).toMatchObject({
      because: 'database: It is away (E_DB_UNREACHABLE)',
      data: 'down',
    });
  });

  it('proves nothing and records nothing when it is stopped', async () => {
    const world = openWorld({
      live: async () => {
        world.context.stop.request();
        return { version: '2.1.0', latencyMs: 1 };
      },
      sameTree: false,
    });
    const { result } = await world.rehearse('--rehearse');
    expect(result).toMatchObject({ exitCode: 130, verdict: 'stopped' });
    expect(recorded(world)).toEqual([]);
  });

  it('is refused while a deploy is half way, because it would prove another rollback', async () => {
    const world = openWorld();
    await world.past('deploy', ['v2.1.0', 'v2.2.0'], 'open');
    expect(await world.rehearse('--rehearse')).toMatchObject({ code: 'E_RUN_OPEN' });
    expect(recorded(world)).toEqual([]);
  });

  it.each([
    [['--rehearse', '--resume'], 'E_FLAG_REFUSED'],
    [['--rehearse', '--break-glass', '--reason', 'x'], 'E_FLAG_REFUSED'],
    [['--from', 'v2.1.0', '--to', 'v2.0.3'], 'E_FLAG_REFUSED'],
    [['--rehearse', '--from', 'v1.0.0'], 'E_VERSION_UNKNOWN'],
    [['--rehearse', '--to', 'v2.3.0'], 'E_VERSION_UNKNOWN'],
    [['--rehearse', '--from', 'v2.1.0', '--to', 'v2.1.0'], 'E_NOT_EARLIER'],
  ])('%j is refused: %s', async (words, code) => {
    expect(await openWorld().rehearse(...words)).toMatchObject({ code });
  });

  it('stands in the plan of the rollback that it was about, with its age', async () => {
    const world = openWorld();
    await world.rehearse('--rehearse', '--to', 'v2.0.3');
    const planning = openWorld({ flags: { plan: true } });
    Object.assign(planning.wired, { ledger: world.ledger });
    const { result } = await planning.rehearse('--to', 'v2.0.3');
    expect(result?.text).toMatch(/rehearsed {2}\d+ m?s ago at cv2\.1\.0: /);
  });

  it('only says what it would try with --plan, and records nothing', async () => {
    const world = openWorld({ flags: { plan: true } });
    const { result } = await world.rehearse('--rehearse');
    expect(result?.text).toContain('v2.2.0 (still to be deployed) → v2.1.0');
    expect(recorded(world)).toEqual([]);
  });
});
