import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { takePicture } from '../support/scenarios/read-world.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario('file');
});
afterAll(() => scenario?.close());

const rehearse = async (words: readonly string[], wanted?: Parameters<Scenario['run']>[1]) => {
  const { stdout } = await scenario.run(['rollback', '--rehearse', ...words, '--json'], wanted);
  return JSON.parse(stdout);
};

const outcomesOf = (told: {
  result: { parts: readonly { name: string; outcome: string }[] };
}): Record<string, string> =>
  Object.fromEntries(told.result.parts.map(({ name, outcome }) => [name, outcome]));

describe('a rollback that is rehearsed before the deploy', () => {
  it('RBX-4A1: restores a branch of its own and nothing else; production has no write', async () => {
    const { world } = scenario;
    const { restores: _, ...before } = (await takePicture(world)) as Record<string, unknown>;
    const told = await rehearse(['--db', 'restore']);
    expect(told).toMatchObject({ exitCode: 0, verdict: 'proven', result: { from: 'v2.1.0', to: 'v2.0.3' } });
    expect(world.neon.restores().map(({ branch }) => branch)).toEqual([
      expect.stringMatching(/^rehearsal\/rollback-v2\.1\.0-to-v2\.0\.3-until-/),
    ]);
    const { restores: __, ...after } = (await takePicture(world)) as Record<string, unknown>;
    expect(after).toEqual(before);
  });

  it('is not known while Neon refuses, and the rest is tried all the same', async () => {
    const told = await rehearse([], { env: { NEON_API_KEY: 'revoked' } });
    expect(told).toMatchObject({ exitCode: 3, verdict: 'unknown' });
    expect(outcomesOf(told)).toEqual({
      code: 'ok',
      database: 'unknown',
      services: 'ok',
      messages: 'ok',
      time: 'ok',
    });
  });
});
