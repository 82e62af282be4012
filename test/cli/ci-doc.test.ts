import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseWords } from '../../src/cli/program.ts';

const page = readFileSync('docs/ci.md', 'utf8');
const [text = '', actionText = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, one]) => one);

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps: readonly {
          readonly run?: string;
          readonly uses?: string;
          readonly with?: Record<string, string>;
          readonly env?: Record<string, string>;
        }[];
      }
    >
  >;
}
const workflow = parse(text, { strict: true, uniqueKeys: true }) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

const action = parse(actionText, { strict: true, uniqueKeys: true });

/** Words of every `release …` line, with variables of the shell replaced by what they would hold. */
const lines = [...steps, ...action.runs.steps]
  .flatMap(({ run = '' }) => run.split('\n'))
  .flatMap((line) => /\brelease (.+)$/.exec(line)?.[1] ?? [])
  .map((line) =>
    line
      .replace('"$ENVIRONMENT"', 'production')
      .replace(/"\$\{?[^"]*"/g, 'v2.1.0')
      .replace('$SKIPS', '--allow-skips')
      .split(/\s+/),
  );

describe('the action to copy', () => {
  it('is one of steps, with outputs that the program writes and inputs as variables of the shell', () => {
    expect(action.runs.using).toBe('composite');
    const [step] = action.runs.steps;
    expect(step).toMatchObject({ id: 'gate', shell: 'bash' });
    expect(step.run).not.toContain('${{');
    for (const name of Object.keys(action.outputs))
      expect(page).toMatch(new RegExp(`\\*\\*Outputs\\*\\*:[^*]*\`${name}\``));
    expect(Object.values(step.env)).toEqual(
      Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`),
    );
  });
});

describe('the workflow to copy', () => {
  it('is YAML of the shape that GitHub takes', () => {
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'workflow_dispatch']);
    expect(workflow.permissions).toEqual({ contents: 'read', 'security-events': 'write' });
    for (const step of steps) expect([step.run, step.uses].filter(Boolean)).toHaveLength(1);
  });

  it('has only lines that this program understands', () => {
    expect(lines.length).toBeGreaterThan(0);
    for (const words of lines) {
      const { spec, flags, args } = parseWords(words, {});
      expect(spec.name).toBe('preflight');
      expect(args).toEqual(['v2.1.0']);
      expect(flags.out.length).toBeGreaterThan(0);
    }
  });

  it('puts no words of others into the text of a script', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  it('lets absent secrets pass for a fork alone', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('--allow-skips');
    const [skips = ''] = steps.flatMap(({ env }) => env?.SKIPS ?? []);
    expect(skips).toContain("github.event.pull_request.head.repo.fork && '--allow-skips' || ''");
  });

  it('uploads what it has written', () => {
    const outs = lines.flatMap((words) => parseWords(words, {}).flags.out);
    const uploaded = steps.flatMap((step) => step.with?.sarif_file ?? []);
    expect(outs).toEqual(expect.arrayContaining(uploaded));
    expect(uploaded).toHaveLength(1);
  });
});
