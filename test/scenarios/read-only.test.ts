import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkText } from '../support/own-checks-folder.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askDatabase, isRehearsal, takePicture } from '../support/scenarios/read-world.ts';

/** Every command that promises to change nothing outside; a new one is one more line. */
const COMMANDS: readonly (readonly string[])[] = [
  ['preflight', 'v2.1.0'],
  ['parity'],
  ['drift'],
  ['rollback', '--rehearse'],
];

const overDatabase = (id: string, sql: string): string =>
  checkText(id, `return postgres.readNumber(env, "${sql}");`)
    .replace('needs: []', "needs: ['postgres']")
    .replace('probe: async () => {', 'probe: async ({ postgres }, { env }) => {')
    .replace(
      "judge: () => ({ outcome: 'pass', said: 'seen' })",
      "judge: (n) => ({ outcome: 'pass', said: String(n) })",
    );

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario('file');
  mkdirSync(join(scenario.folder, 'checks'));
  const write = (name: string, text: string) => writeFileSync(join(scenario.folder, 'checks', name), text);
  write(
    'session.check.ts',
    overDatabase('own.session', "SELECT (current_setting('transaction_read_only') = 'on')::int"),
  );
  write(
    'deletes.check.ts',
    overDatabase('own.deletes', 'WITH gone AS (DELETE FROM exports RETURNING 1) SELECT count(*) FROM gone'),
  );
});
afterAll(() => scenario?.close());

/** What PostgreSQL itself has counted as written in the application's database, and the calls that change something. */
async function readWrites({ world }: Scenario) {
  await askDatabase(world, 'SELECT pg_stat_force_next_flush()');
  const [tables] = await askDatabase(
    world,
    `SELECT sum(n_tup_upd + n_tup_del)::int AS changed, sum(n_tup_ins) FILTER (WHERE relname <> 'webhook_events')::int AS added
     FROM pg_stat_user_tables`,
  );
  const changing = [world.neon, world.stripe, world.slack, world.github].flatMap(({ calls }) =>
    calls.filter(({ method, path }) => method !== 'GET' && !/\/(auth\.test|conversations\.info)/.test(path)),
  );
  return {
    tables,
    changing: changing.filter((call) => !isRehearsal(call)).map(({ method, path }) => `${method} ${path}`),
    picture: await takePicture(world),
  };
}

describe('a question of a release', () => {
  it.each(COMMANDS)('%s writes nothing at any server, apart from the labelled webhook', async (...words) => {
    const before = await readWrites(scenario);
    const { stdout } = await scenario.run([...words, '--json']);
    expect(JSON.parse(stdout).exitCode).toBeLessThan(4);
    expect(await readWrites(scenario)).toEqual(before);
  });

  it('is put to the database in a session that cannot write, whatever the text', async () => {
    const { stdout } = await scenario.run(['preflight', '--only', 'own.*', '--json']);
    const said = JSON.parse(stdout).result.checks.map(
      (one: { check: string; outcome: string; said: string }) => `${one.check} ${one.outcome} ${one.said}`,
    );
    expect(said).toEqual([expect.stringMatching(/^own\.deletes unknown .*read-only/), 'own.session pass 1']);
  });
});
