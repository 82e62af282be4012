import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLeaks } from '../support/scenarios/find-leaks.ts';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';
import { askDatabase, readLedger, takePicture } from '../support/scenarios/read-world.ts';

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario();
});
afterAll(() => scenario?.close());

type Trouble = Parameters<Scenario['world']['troubles']['start']>[0];

async function parity(...words: readonly string[]) {
  const { code, stdout } = await scenario.run(['parity', '--json', ...words]);
  return { code, document: JSON.parse(stdout) };
}

/** What parity says while something is stray, and afterwards. */
async function parityWith(trouble: Trouble) {
  const { troubles } = scenario.world;
  await troubles.start(trouble);
  const broken = await parity();
  await troubles.end(trouble);
  return { broken, mended: await parity() };
}

const differences = ({ document }: Awaited<ReturnType<typeof parity>>): readonly string[] =>
  document.result.areas.flatMap(({ diffs }: { diffs: { key: string }[] }) => diffs.map(({ key }) => key));

describe('staging with a release candidate', () => {
  it('PRE-28, E-53: is 100 % like production, although the release brings migrations and four packages', async () => {
    const before = await takePicture(scenario.world);
    const found = await parity();
    expect(found).toMatchObject({
      code: 0,
      document: {
        schema: 'release.parity/1',
        verdict: 'go',
        exitCode: 0,
        result: {
          score: 100,
          threshold: 90,
          floor: 80,
          unacceptable: [],
          between: ['staging', 'production'],
        },
      },
    });
    const [node, packages, keys, schema] = found.document.result.areas;
    expect([node.total, packages.expected.length, keys.expected.length]).toEqual([1, 4, 0]);
    expect(schema.expected).toEqual(['migration 0042_add_due_date', 'migration 0043_export_queue']);
    expect(found.document.result.accepted).toEqual([
      'values of variables',
      'amount of data',
      'owners',
      'log level',
      'rate limits',
    ]);
    expect(await takePicture(scenario.world)).toEqual(before);
  });

  it.each([
    ['PAR-13', 'stray-secret', 'env/FEATURE_EXPORT_V2'],
    ['PAR-10', 'node-version', 'node'],
    ['PAR-12', 'stray-column', 'schema/column assessments.reviewed_by'],
  ] as const)('%s, PRE-28: loses score for one %s, and names it %s', async (_, trouble, path) => {
    const { broken, mended } = await parityWith(trouble);
    expect(differences(broken)).toEqual([path]);
    expect(broken).toMatchObject({
      code: 3,
      document: { verdict: 'no-go', exitCode: 3, result: { unacceptable: [path] } },
    });
    expect(broken.document.result.score).toBeLessThan(100);
    expect(mended).toMatchObject({ code: 0, document: { result: { score: 100 } } });
  });

  it('PAR-12: names a column that was added to production by hand', async () => {
    await askDatabase(scenario.world, 'alter table users add column note text');
    const found = await parity();
    await askDatabase(scenario.world, 'alter table users drop column note');
    expect(found.code).toBe(3);
    expect(differences(found)).toEqual(['schema/column users.note']);
  });

  it('PAR-05: holds with exit 3 while staging does not answer, and knows no score', async () => {
    const { staging } = scenario.world;
    await staging.stop();
    const found = await parity();
    const screen = await scenario.run(['parity']);
    await staging.start();
    expect(found).toMatchObject({ code: 3, document: { verdict: 'hold', result: { score: null } } });
    expect(found.document.result.unknown).toMatch(/^staging: /);
    expect(screen.stdout.replace(/\s+/g, ' ')).toContain('Parity cannot be judged');
    expect(screen.code).toBe(3);
  });

  it('ends with 4 when a key of one side is not set', async () => {
    const strange = scenario.configWith('no-key.yaml', ({ environments }) => {
      const { staging } = environments as unknown as { staging: { health: { token: string } } };
      staging.health.token = '$NOBODY_SET_THIS';
    });
    const { code, document } = await parity('--config', strange);
    expect({ code, exitCode: document.exitCode }).toEqual({ code: 4, exitCode: 4 });
  });

  it('plans without a single request, and names addresses and questions', async () => {
    const { world } = scenario;
    const { code, stdout } = await scenario.run(['parity', '--plan']);
    expect(code).toBe(0);
    for (const { url } of [world.platform, world.staging]) expect(stdout).toContain(`GET  ${url}/api/health`);
    expect(stdout).toContain('drizzle.__drizzle_migrations');
  });

  it('PAR-01: is noted in the ledger, and preflight says how long ago', async () => {
    const noted = readLedger(scenario).filter(
      ({ type, data }) => type === 'gate.decided' && 'gate' in data && data.gate === 'parity',
    );
    expect(noted.length).toBeGreaterThan(0);
    const { stdout } = await scenario.run(['preflight', 'v2.1.0', '--only', 'parity.*', '--json']);
    const { checks } = JSON.parse(stdout).result;
    const outcomes = checks.map(({ check, outcome }: { check: string; outcome: string }) => [check, outcome]);
    expect(outcomes).toEqual([
      ['parity.likeness', 'pass'],
      ['parity.weekly', 'pass'],
    ]);
  });

  it('PRE-16, PRE-18: runs the candidate, with a key of test mode', async () => {
    const only = 'app.staging,payments.staging-key';
    const { code, stdout } = await scenario.run(['preflight', 'v2.1.0', '--only', only]);
    expect(stdout).toContain('staging runs 2.1.0');
    expect(stdout).toContain('key of test mode accepted');
    expect(code).toBe(0);
  });
});

describe('secrets', () => {
  it('PAR-06: stand in nothing that parity has said or left', () => {
    expect(findLeaks(scenario)).toEqual([]);
  });
});
