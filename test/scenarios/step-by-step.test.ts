import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';

const IN_FULL = ['--env', 'production', '--yes', '--json'];

let scenario: Scenario;
let before: Before;
beforeAll(async () => {
  scenario = await openScenario();
  before = noteBefore(scenario);
});
afterAll(() => scenario?.close());

async function step(words: readonly string[]) {
  const { code, stdout, stderr } = await scenario.run(['step', ...words, ...IN_FULL]);
  const said = JSON.parse(stdout) as { run: string; verdict: string; result: { next: string | null } };
  return { code, said, stderr: code === 0 ? '' : stderr };
}

describe('a deploy whose steps another program drives', () => {
  let names: readonly string[];
  let run: string;

  it('begins with nothing done', async () => {
    const begun = await step(['begin', 'v2.1.0']);
    expect({ code: begun.code, stderr: begun.stderr }).toEqual({ code: 0, stderr: '' });
    run = begun.said.run;
    const { result } = (await step(['list'])).said as unknown as { result: { steps: { name: string }[] } };
    names = result.steps.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(scenario.world.platform.publishes()).toHaveLength(before.publishes);
  });

  it('refuses a step that is not the next one with 2', async () => {
    expect((await step(['run', run, 'publish'])).code).toBe(2);
  });

  it('is carried out one process a step, and may be left to a resume at any time; every effect happens once', async () => {
    for (const name of names.slice(0, 3)) {
      const { code, said, stderr } = await step(['run', run, name]);
      expect({ name, code, stderr, verdict: said.verdict }).toEqual({
        name,
        code: 0,
        stderr: '',
        verdict: 'reached',
      });
    }
    const { code, stderr } = await scenario.run(['deploy', '--resume', '--env', 'production', '--yes']);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    await expectOnce(scenario, before);
    expect((await step(['run', run, names.at(-1) ?? ''])).said.result).toMatchObject({ alreadyDone: true });
  });
});
