import { describe, expect, it } from 'vitest';
import { lookAround } from '../../../src/cli/rollback/look-around.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { failureOf } from '../../support/failure-of.ts';
import { makeRunbook } from '../../support/policy.ts';
import { makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const origin = { branches: { main: 'a'.repeat(40) }, tags: [tagOf('v2.1.0'), tagOf('v2.0.3')] };
const to = { to: 'v2.0.3' };
const fails = (code: 'E_WRONG_APP' | 'E_DB_UNREACHABLE' | 'E_GIT') => async (): Promise<never> => {
  throw new ReleaseError(code, { what: 'no', next: 'Look.', state: 'untouched' });
};

/** A world with application and database, and every question in the order in which it left. */
function makeWorld(wanted: WantedWorld = {}) {
  const world = makeCliWorld({
    ...{ command: 'rollback', ...origin, configured: ['git', 'host', 'postgres'] },
    live: async () => ({ version: '2.1.0', latencyMs: 1 }),
    runbook: makeRunbook({ migrations: { journal: 'schema_migrations' } }),
    ...wanted,
    services: {
      postgres: {
        appliedMigrations: async () => {
          world.asked.push('postgres.appliedMigrations');
          return [{ name: '0041_a' }];
        },
      },
      ...wanted.services,
    },
  });
  const { git } = world.wired.services;
  /** The same world with a remote that does this before it answers. */
  const withRemote = (sync: () => Promise<void>) => ({
    ...world.wired,
    services: { ...world.wired.services, git: { ...git, sync } },
  });
  return { ...world, withRemote };
}

const count = (asked: readonly string[], call: string): number => asked.filter((one) => one === call).length;

describe('what a rollback asks before it knows the code', () => {
  it('leaves while the remote has not answered, and is asked once', async () => {
    const { context, asked, withRemote } = makeWorld();
    let before: readonly string[] = [];
    const remote = withRemote(async () => {
      await new Promise((done) => setImmediate(done));
      before = [...asked];
    });
    const { standing } = await lookAround(to, context, remote);
    expect(before).toEqual(['host.liveVersion', 'postgres.appliedMigrations']);
    expect(standing.facts).toMatchObject({ from: 'v2.1.0', applied: 1 });
    expect(count(asked, 'host.liveVersion')).toBe(1);
    expect(count(asked, 'postgres.appliedMigrations')).toBe(1);
  });

  it('is asked again when the remote took so long that it may be no longer true', async () => {
    const { context, asked, time, withRemote } = makeWorld();
    await lookAround(
      to,
      context,
      withRemote(() => time.advance(5001)),
    );
    expect(count(asked, 'host.liveVersion')).toBe(2);
    expect(count(asked, 'postgres.appliedMigrations')).toBe(2);
  });

  it('is not asked of a database that is left alone', async () => {
    const { context, asked, wired } = makeWorld();
    const { standing } = await lookAround({ ...to, db: 'none' }, context, wired);
    expect(count(asked, 'postgres.appliedMigrations')).toBe(0);
    expect(standing.facts).not.toHaveProperty('applied');
  });
});

describe('failures of what was asked ahead', () => {
  it('come behind a remote that never answered, and behind a version that nobody released', async () => {
    const broken = {
      live: fails('E_WRONG_APP'),
      services: { postgres: { appliedMigrations: fails('E_DB_UNREACHABLE') } },
    };
    const { context, withRemote, wired } = makeWorld(broken);
    expect((await failureOf(lookAround(to, context, withRemote(fails('E_GIT'))))).code).toBe('E_CODE_AWAY');
    expect((await failureOf(lookAround({ to: 'v2.0.9' }, context, wired))).code).toBe('E_VERSION_UNKNOWN');
    expect((await failureOf(lookAround(to, context, wired))).code).toBe('E_WRONG_APP');
  });

  it('are told of the database as what they are', async () => {
    const { context, wired } = makeWorld({
      services: { postgres: { appliedMigrations: fails('E_DB_UNREACHABLE') } },
    });
    expect((await failureOf(lookAround(to, context, wired))).code).toBe('E_DB_UNREACHABLE');
  });
});

describe('good versions that a rollback passes over', () => {
  const tags = [tagOf('v2.1.0'), tagOf('v2.0.3'), tagOf('v2.0.2'), tagOf('v2.0.1')];
  const passed = async (
    version: string,
    before?: (world: ReturnType<typeof makeWorld>) => Promise<unknown>,
  ) => {
    const world = makeWorld({ tags });
    await before?.(world);
    const { standing } = await lookAround({ to: version }, world.context, world.wired);
    return standing.passedOver;
  };

  it('are those between what is left and what comes back', async () => {
    expect(await passed('v2.0.3')).toEqual([]);
    expect(await passed('v2.0.1')).toEqual(['v2.0.3', 'v2.0.2']);
  });

  it('are none that was rolled back from', async () => {
    const taken = ({ past }: ReturnType<typeof makeWorld>) =>
      past('rollback', ['v2.0.3', 'v2.0.1'], 'completed');
    expect(await passed('v2.0.1', taken)).toEqual(['v2.0.2']);
  });
});
