import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScenario, type Scenario } from '../support/scenarios/open-scenario.ts';

/** Every example of docs/write-a-check.md that names its file, as [name, text]. */
const EXAMPLES = [
  ...readFileSync('docs/write-a-check.md', 'utf8').matchAll(/```ts\n\/\/ (checks\/\S+)\n([\s\S]*?)```/g),
].map(([, name = '', text = '']) => [name, text] as const);

const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    lib: ['ES2023', 'DOM'],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    // The program stands where npm would put it: its types find what lies there, and nothing of this repository.
    preserveSymlinks: true,
  },
  include: ['checks'],
});

let scenario: Scenario;
beforeAll(async () => {
  scenario = await openScenario('file');
  const { folder } = scenario;
  mkdirSync(join(folder, 'checks'));
  mkdirSync(join(folder, 'node_modules'));
  const installed = join(folder, 'node_modules/release-runbook');
  mkdirSync(installed);
  for (const part of ['dist', 'package.json']) symlinkSync(join(process.cwd(), part), join(installed, part));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'tsconfig.json'), TSCONFIG);
  for (const [name, text] of EXAMPLES) writeFileSync(join(folder, name), text);
});
afterAll(() => scenario?.close());

/** What somebody's own TypeScript says about their checks. */
const compile = () =>
  execa('node', [join(process.cwd(), 'node_modules/typescript/bin/tsc'), '-p', scenario.folder], {
    cwd: scenario.folder,
    reject: false,
  });

const ask = async (...words: readonly string[]) => {
  const { code, stdout } = await scenario.run(['preflight', 'v2.1.0', '--json', ...words]);
  return {
    code,
    checks: JSON.parse(stdout).result.checks as { check: string; outcome: string; said: string }[],
  };
};

describe('a check written from docs/write-a-check.md', () => {
  it('runs in the built program beside the others, with web, postgres and shell', async () => {
    expect(EXAMPLES).toHaveLength(3);
    const { code, checks } = await ask('--only', 'exports.*,site.*,machine.*,app.health');
    expect(checks.map(({ check, outcome }) => `${check} ${outcome}`)).toEqual([
      'app.health pass',
      'exports.end pass',
      'site.health-call pass',
      'machine.node pass',
    ]);
    expect(code).toBe(0);
  });

  it('is listed with the others', async () => {
    const { stdout } = await scenario.run(['preflight', '--list']);
    expect(stdout).toMatch(/^ *exports\.end\n +No export is stuck\n +gates preflight/m);
  });

  // The compiler takes longer than everything else here: it is asked once, about the examples and what is wrong beside them.
  it('is known to the TypeScript of its author, who needs no other package and is told the type errors of another', async () => {
    const [, text = ''] = EXAMPLES[1] ?? [];
    const wrong = text
      .replace('site.health-call', 'site.wrong-need')
      .replace("needs: ['web']", "needs: ['postgres']");
    writeFileSync(join(scenario.folder, 'checks/wrong-need.check.ts'), wrong);
    const { stdout, exitCode } = await compile();
    expect(stdout.split('\n').filter((line) => !line.startsWith(' '))).toEqual([
      expect.stringMatching(
        /^checks\/wrong-need\.check\.ts\(10,13\): error TS2339: Property 'web' does not exist/,
      ),
    ]);
    expect(exitCode).toBe(2);
  });

  it('has its crash told by the program, with the place', async () => {
    const { code, checks } = await ask('--only', 'site.wrong-need');
    rmSync(join(scenario.folder, 'checks/wrong-need.check.ts'));
    expect(checks).toMatchObject([
      {
        outcome: 'unknown',
        said: expect.stringMatching(/^checks\/wrong-need\.check\.ts:10:44 broke in probe: TypeError/),
      },
    ]);
    expect(code).toBe(3);
  });

  it('holds the release while it cannot be loaded, and everything else is asked all the same', async () => {
    const file = join(scenario.folder, 'checks/half.check.ts');
    writeFileSync(file, 'export default {');
    const { code, checks } = await ask('--skip', 'migrations.rehearsal,parity.*');
    writeFileSync(file, 'export {};');
    const unknown = checks.filter(({ outcome }) => outcome === 'unknown');
    expect(unknown.map(({ check }) => check)).toEqual(['checks.half']);
    expect(checks.length).toBeGreaterThan(20);
    expect(code).toBe(3);
  });
});
