import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Before, expectOnce, noteBefore } from '../support/scenarios/expect-once.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { readLedger, readMigrations } from '../support/scenarios/read-world.ts';
import { startInTerminal, type Terminal } from '../support/start-in-terminal.ts';

const MIGRATION = 'migrate:0042_add_due_date';

let scenario: Scenario;
let before: Before;
beforeAll(async () => {
  scenario = await openScenario();
  before = noteBefore(scenario);
});
afterAll(() => scenario?.close());

const recorded = (step: string): string[] =>
  readLedger(scenario)
    .filter((event) => event.step === step)
    .map(({ type }) => type);

/** A deploy at a terminal, agreed to, with its migration waiting for a lock that another session holds. */
async function deployUntilMigration(words: readonly string[]): Promise<Terminal> {
  await scenario.world.troubles.start('migration');
  const terminal = startInTerminal(
    [...words, '--config', scenario.world.config, '--env', 'production'],
    scenario.folder,
  );
  await terminal.shows(/Type the environment name to go on:/);
  terminal.type('production');
  await terminal.shows(/Migrate the database: 0042_add_due_date/);
  await expect.poll(() => recorded(MIGRATION).at(-1), { timeout: 60_000 }).toBe('step.intent');
  return terminal;
}

describe('a deploy in a terminal, with its migration under way', () => {
  it('F21: cuts it off on the second Ctrl-C, ends with 130, and records that nobody knows its end', async () => {
    const terminal = await deployUntilMigration(['deploy', 'v2.1.0']);
    terminal.pressCtrlC();
    await terminal.shows(/Press Ctrl-C again to stop now\. Stopping after/);
    terminal.pressCtrlC();
    expect(await terminal.ended).toBe(130);
    expect(recorded(MIGRATION)).toEqual(['step.intent', 'step.doubt']);
    expect(terminal.screen()).toContain('release deploy --resume --env production');
    await scenario.world.troubles.end('migration');
  });

  it('F19, F20: finishes it on one Ctrl-C: it is done before the program ends with 130, and nothing after it', async () => {
    const terminal = await deployUntilMigration(['deploy', '--resume']);
    terminal.pressCtrlC();
    await terminal.shows(/Press Ctrl-C again to stop now/);
    await scenario.world.troubles.end('migration');
    expect(await terminal.ended).toBe(130);
    expect(recorded(MIGRATION).at(-1)).toBe('step.done');
    expect(readLedger(scenario).at(-2)?.type).toBe('run.paused');
    expect(await readMigrations(scenario.world)).toHaveLength(5);
  });

  it('goes on to its end, and every effect stands exactly once', async () => {
    const { code } = await scenario.run(['deploy', '--resume', '--env', 'production', '--yes']);
    expect(code).toBe(0);
    await expectOnce(scenario, before);
  });
});
