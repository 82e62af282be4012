import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkText } from '../support/own-checks-folder.ts';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askDatabase, isRehearsal, takePicture } from '../support/scenarios/read-world.ts';
import { runWorkflowStep } from '../support/scenarios/run-workflow-step.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario('file');
});
afterAll(() => scenario?.close());

type Trouble = Parameters<Scenario['world']['troubles']['start']>[0];

/** The other commands that promise to change nothing outside; a new one is one more line. */
const COMMANDS: readonly (readonly string[])[] = [['parity'], ['drift'], ['rollback', '--rehearse']];

const QUESTIONS = {
  session: "SELECT (current_setting('transaction_read_only') = 'on')::int",
  deletes: 'WITH gone AS (DELETE FROM exports RETURNING 1) SELECT count(*) FROM gone',
};

const overDatabase = (id: string, sql: string): string =>
  checkText(id, `return postgres.readNumber(env, "${sql}");`)
    .replace('needs: []', "needs: ['postgres']")
    .replace('probe: async () => {', 'probe: async ({ postgres }, { env }) => {')
    .replace(
      "judge: () => ({ outcome: 'pass', said: 'seen' })",
      "judge: (n) => ({ outcome: 'pass', said: String(n) })",
    );

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

/** What the checks of a room say while something is broken, and what the one that found it says afterwards. */
async function preflightWith(trouble: Trouble, check: string, ...words: readonly string[]) {
  const { troubles } = scenario.world;
  await troubles.start(trouble);
  const room = `${check.split('.')[0]}.*`;
  const broken = await scenario.run(['preflight', 'v2.1.0', '--only', room, '--json', ...words]);
  await troubles.end(trouble);
  const mended = await scenario.run(['preflight', 'v2.1.0', '--only', check, ...words]);
  const answer = JSON.parse(broken.stdout);
  const found = answer.result.checks.find((one: { check: string }) => one.check === check);
  return { code: broken.code, answer, found, mended };
}

describe('preflight of a release that is ready', () => {
  it('says GO with exit 0, and writes nowhere but into its ledger', async () => {
    const { world } = scenario;
    const before = await readWrites(scenario);
    const { code, stdout } = await scenario.run(['preflight', 'v2.1.0']);
    expect(stdout).toMatch(/^ {2}GO {3}(?:\d+ warned · )?\d+ passed/m);
    expect(code).toBe(0);
    expect(await readWrites(scenario)).toEqual(before);
    expect(world.neon.calls.filter((call) => call.method !== 'GET' && !isRehearsal(call))).toEqual([]);
    expect(world.slack.calls.filter(({ path }) => path.includes('chat.'))).toEqual([]);
    expect(new Set(world.stripe.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  it('plans its checks without a single request', async () => {
    const { world } = scenario;
    const asked = () => [world.neon, world.stripe, world.slack].map(({ calls }) => calls.length);
    const before = asked();
    const { code, stdout } = await scenario.run(['preflight', 'v2.1.0', '--plan']);
    expect(code).toBe(0);
    expect(stdout).toContain('payments.stripe-key');
    expect(asked()).toEqual(before);
  });
});

describe('a question of a release', () => {
  it.each(COMMANDS)('%s writes nothing at any server, apart from the labelled webhook', async (...words) => {
    const before = await readWrites(scenario);
    const { stdout } = await scenario.run([...words, '--json']);
    expect(JSON.parse(stdout).exitCode).toBeLessThan(4);
    expect(await readWrites(scenario)).toEqual(before);
  });

  it('is put to the database in a session that cannot write, whatever the text', async () => {
    const folder = join(scenario.folder, 'checks');
    mkdirSync(folder);
    for (const [name, sql] of Object.entries(QUESTIONS))
      writeFileSync(join(folder, `${name}.check.ts`), overDatabase(`own.${name}`, sql));
    const before = await readWrites(scenario);
    const { stdout } = await scenario.run(['preflight', '--only', 'own.*', '--json']);
    rmSync(folder, { recursive: true });
    const said = JSON.parse(stdout).result.checks.map(
      (one: { check: string; outcome: string; said: string }) => `${one.check} ${one.outcome} ${one.said}`,
    );
    expect(said).toEqual([expect.stringMatching(/^own\.deletes unknown .*read-only/), 'own.session pass 1']);
    expect(await readWrites(scenario)).toEqual(before);
  });
});

describe('preflight while something is broken', () => {
  it('ENV-01: holds while the application does not answer, and names the check that got no answer', async () => {
    const { code, answer, found, mended } = await preflightWith('app', 'app.health');
    expect({ code, exitCode: answer.exitCode }).toEqual({ code: 3, exitCode: 3 });
    expect(answer.verdict).not.toBe('go');
    expect(answer.result.because).toContain('app.health');
    expect(found.remedy).not.toBe('');
    expect(mended).toMatchObject({ code: 0 });
  });

  it('ENV-08: refuses while a query waits longer than the limit, and names the session that holds it', async () => {
    const strict = scenario.configWith('strict.yaml', ({ thresholds }) => {
      thresholds.blockingSeconds = 0.05;
    });
    const { code, answer, found, mended } = await preflightWith(
      'query',
      'database.blocking-queries',
      '--config',
      strict,
    );
    expect({ code, verdict: answer.verdict, exitCode: answer.exitCode }).toEqual({
      code: 3,
      verdict: 'no-go',
      exitCode: 3,
    });
    expect(found.said).toMatch(/^1 blocked for up to .* \(limit 0\.05 s\): pid \d+/);
    expect(found.remedy).toMatch(/pid \d+ \(idle in transaction, nightly-report\)/);
    expect(mended).toMatchObject({ code: 0 });
  });

  it('E-57: refuses a revoked Stripe key as a failure, because a key that is not accepted takes no money', async () => {
    const { code, answer, found, mended } = await preflightWith('stripe-key', 'payments.stripe-key');
    expect({ code, verdict: answer.verdict, exitCode: answer.exitCode }).toEqual({
      code: 3,
      verdict: 'no-go',
      exitCode: 3,
    });
    expect(found).toMatchObject({ outcome: 'fail', said: 'Stripe refused the key (HTTP 401)' });
    expect(found.remedy).toContain('create a new one');
    expect(mended).toMatchObject({ code: 0 });
  });

  it('E-83: refuses while the webhook endpoint is disabled in Stripe, and says to replay the gap', async () => {
    const { code, answer, found, mended } = await preflightWith('webhook', 'payments.webhook-enabled');
    expect({ code, verdict: answer.verdict, because: answer.result.because }).toEqual({
      code: 3,
      verdict: 'no-go',
      because: ['payments.webhook-enabled'],
    });
    expect(found).toMatchObject({ outcome: 'fail', remedy: expect.stringContaining('replay') });
    expect(mended).toMatchObject({ code: 0 });
  });
});

describe('the step of docs/ci.md, as the runner runs it', () => {
  it('is GO again once all of the above is mended: writes its files, outputs and summary, and ends with 0', async () => {
    const { code, files, outputs, summary, stderr } = await runWorkflowStep(scenario, {
      VERSION: 'release/v2.1.0',
      SKIPS: '',
    });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    expect(files).toEqual(['preflight.xml', 'preflight.sarif', 'preflight.json']);
    expect(outputs).toMatchObject({ verdict: 'go', part: 'false', 'exit-code': '0' });
    expect(outputs.report).toMatch(/preflight\.xml$/);
    expect(summary).toContain('GO');
  });

  it('runs nothing of what a branch is called, and fails', async () => {
    const name = 'release/v2.1.0"; touch run-by-name; echo "';
    const { code, outputs } = await runWorkflowStep(scenario, { VERSION: name, SKIPS: '' });
    expect({ code, outputs }).toMatchObject({ code: 2, outputs: { verdict: '', 'exit-code': '2' } });
    expect(existsSync(join(dirname(scenario.world.config), 'run-by-name'))).toBe(false);
  });
});

describe('secrets', () => {
  it('stand in nothing that any of these runs has said or left', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
