import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { plainEnv } from '../run-bin.ts';
import type { Scenario } from './open-scenario.ts';

interface Step {
  readonly id?: string;
  readonly run?: string;
}

/** The step of the workflow in docs/ci.md that asks the gate. */
function readStep(): string {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/ci.md', 'utf8')) ?? [];
  const steps: readonly Step[] = parse(text).jobs.preflight.steps;
  return steps.find(({ id }) => id === 'preflight')?.run ?? '';
}

/** An installation as `npm ci` leaves it: the program under its name, for npx to find. */
function install(folder: string): void {
  const place = join(folder, 'node_modules/.bin');
  if (existsSync(place)) return;
  mkdirSync(place, { recursive: true });
  symlinkSync(resolve('bin/release.js'), join(place, 'release'));
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
}

/** Outputs as the runner reads them: a name, a mark, the value, and the mark alone on a line. */
const readOutputs = (file: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...readFileSync(file, 'utf8').matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(
      ([, name, , value]) => [name, value],
    ),
  );

/** Runs that step as GitHub's runner does, and reads what it leaves. `given` is what the workflow's expressions would be. */
export async function runWorkflowStep({ world, folder }: Scenario, given: Readonly<Record<string, string>>) {
  const place = dirname(world.config);
  install(place);
  const [script, outputs, summary] = ['step.sh', 'outputs', 'summary.md'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  writeFileSync(script, readStep());
  for (const file of [outputs, summary]) writeFileSync(file, '');
  const runner = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary };
  const env = plainEnv({ ...runner, ...given });
  const ended = await new Promise<{ code: number; stderr: string }>((done) => {
    const child = execFile('bash', ['-e', script], { cwd: place, env }, (_, __, stderr) =>
      done({ code: child.exitCode ?? -1, stderr }),
    );
  });
  const files = ['preflight.xml', 'preflight.sarif', 'preflight.json'].filter((name) =>
    existsSync(join(place, name)),
  );
  return { ...ended, files, outputs: readOutputs(outputs), summary: readFileSync(summary, 'utf8') };
}
