import { describe, expect, it } from 'vitest';
import { chooseTarget } from '../../../src/cli/rollback/choose-target.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { makeCliWorld, tagOf, type WantedWorld } from '../cli-world.ts';

const tags = ['v2.1.0', 'v2.1.0-rc.1', 'v2.0.3', 'v2.0.2', 'v2.0.1', 'v2.0.0', 'v1.9.0', 'v1.8.0'].map((v) =>
  tagOf(v),
);
const runs = (version: string) => async () => ({ version, latencyMs: 1 });
const silent = (code: `E_${string}`) => async () => {
  throw new ReleaseError(code, { what: 'no usable answer', next: 'Look.', state: 'untouched' });
};
type World = ReturnType<typeof makeCliWorld>;
const nothing = async (): Promise<void> => undefined;

async function choose(
  to: string | undefined,
  wanted: WantedWorld,
  before: (world: World) => Promise<unknown> = nothing,
) {
  const world = makeCliWorld({ command: 'rollback', tags, ...wanted });
  await before(world);
  return { ...world, chosen: await chooseTarget(to, world.context, world.wired) };
}

describe('the version that a rollback goes to', () => {
  it('is the one that is named, without a question to anybody', async () => {
    const { chosen, asked } = await choose('2.0.2', { live: runs('2.1.0') });
    expect({ chosen, asked }).toEqual({ chosen: 'v2.0.2', asked: [] });
    await expect(choose('2.0', {})).rejects.toMatchObject({ code: 'E_VERSION_SHAPE' });
  });

  it('RBX-3B1, E-33: is the newest release below the live one, never a candidate', async () => {
    expect((await choose('previous', { live: runs('2.1.0') })).chosen).toBe('v2.0.3');
    expect((await choose('previous', { live: runs('2.0.3') })).chosen).toBe('v2.0.2');
    const candidates = [tagOf('v2.1.0'), tagOf('v2.1.0-rc.2'), tagOf('v2.1.0-rc.1'), tagOf('v2.0.3')];
    expect((await choose('previous', { live: runs('2.1.0'), tags: candidates })).chosen).toBe('v2.0.3');
  });

  it('E-33: is none that was itself rolled back from', async () => {
    const { chosen } = await choose('previous', { live: runs('2.1.0') }, ({ past }) =>
      past('rollback', ['v2.0.3', 'v2.0.2']),
    );
    expect(chosen).toBe('v2.0.2');
  });

  it('E-33: is none whose deploy never came to its end, unless something proved it later', async () => {
    const given = async ({ past }: World) => {
      await past('deploy', ['v2.0.2', 'v2.0.3'], 'abandoned');
      await past('deploy', ['v2.0.2', 'v2.1.0']);
    };
    expect((await choose('previous', { live: runs('2.1.0') }, given)).chosen).toBe('v2.0.2');
    const proven = async (world: World) => {
      await given(world);
      await world.past('rollback', ['v2.1.0', 'v2.0.3']);
      await world.past('deploy', ['v2.0.3', 'v2.1.0']);
    };
    expect((await choose('previous', { live: runs('2.1.0') }, proven)).chosen).toBe('v2.0.3');
  });

  it('is the version before the one that a half-way deploy brings, although the old one still answers', async () => {
    const { chosen } = await choose('previous', { live: runs('2.0.3') }, ({ past }) =>
      past('deploy', ['v2.0.3', 'v2.1.0'], 'failed'),
    );
    expect(chosen).toBe('v2.0.3');
  });

  it('is the live one less one again after the half-way deploy was given up', async () => {
    const { chosen } = await choose('previous', { live: runs('2.0.3') }, ({ past }) =>
      past('deploy', ['v2.0.3', 'v2.1.0'], 'abandoned'),
    );
    expect(chosen).toBe('v2.0.2');
  });

  describe('while the application does not say what it is', () => {
    const cases = [
      ['the release that broke it', ['deploy', ['v2.0.3', 'v2.1.0'], 'completed'], 'v2.0.3'],
      ['a deploy that broke on its way', ['deploy', ['v2.0.3', 'v2.1.0'], 'failed'], 'v2.0.3'],
      ['a deploy that was given up', ['deploy', ['v2.0.3', 'v2.1.0'], 'abandoned'], 'v2.0.3'],
      ['a rollback that ended', ['rollback', ['v2.1.0', 'v2.0.3'], 'completed'], 'v2.0.2'],
      ['a rollback that broke on its way', ['rollback', ['v2.1.0', 'v2.0.3'], 'failed'], 'v2.0.3'],
    ] as const;
    it.each(cases)('E-33: goes by the ledger: %s', async (_, [command, way, end], wanted) => {
      for (const code of ['E_APP_DOWN', 'E_HEALTH_SHAPE', 'E_NETWORK', 'E_ANSWER_TOO_LARGE'] as const) {
        const given = ({ past }: World) => past(command, way, end);
        expect((await choose('previous', { live: silent(code) }, given)).chosen).toBe(wanted);
      }
    });

    it('is the newest release when the ledger knows nothing either', async () => {
      expect((await choose('previous', { live: silent('E_APP_DOWN') })).chosen).toBe('v2.1.0');
    });

    it('is nobody’s guess when another application answers there', async () => {
      await expect(choose('previous', { live: silent('E_WRONG_APP') })).rejects.toMatchObject({
        code: 'E_WRONG_APP',
      });
    });
  });

  it('is offered to a person, the previous one first, five at most', async () => {
    const { context, wired } = makeCliWorld({ command: 'rollback', tags, live: runs('2.1.0') });
    let offered: readonly string[] = [];
    const person = {
      ...context,
      terminal: { ...context.terminal, canAsk: true },
      ask: {
        ...context.ask,
        choose: async ({ choices }: { choices: readonly string[] }) => {
          offered = choices;
          return 1;
        },
      },
    };
    expect(await chooseTarget(undefined, person, wired)).toBe('v2.0.2');
    expect(offered).toEqual(['v2.0.3 (previous)', 'v2.0.2', 'v2.0.1', 'v2.0.0', 'v1.9.0']);
  });

  it('is told to a script, which is never asked', async () => {
    for (const wanted of [{}, { terminal: { canAsk: true }, flags: { yes: true } }])
      await expect(choose(undefined, { live: runs('2.0.2'), ...wanted })).rejects.toMatchObject({
        code: 'E_VERSION_MISSING',
        text: { next: 'Say where to: --to v2.0.1 (previous). Also good: v2.0.0, v1.9.0, v1.8.0.' },
      });
  });

  it('does not exist below the first release', async () => {
    await expect(choose('previous', { live: runs('1.8.0') })).rejects.toMatchObject({
      code: 'E_VERSION_UNKNOWN',
    });
  });
});
