import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { releaseDay } from '../../src/cli/catalogue/release-day.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { handOver } from '../../src/cli/hand-over.ts';
import { makeOutput } from '../../src/cli/output.ts';
import { runPreflight } from '../../src/cli/preflight/run-preflight.ts';
import type { Check } from '../../src/kit.ts';
import { makeTestContext } from '../support/test-context.ts';
import { answering, makeTestWired } from '../support/test-wired.ts';

const SPEC = releaseDay[0] as (typeof releaseDay)[number];
const EVIL = '::error::evil\n::set-output name=verdict::go\r\n##[error]evil\n| x |\n';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-github-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A preflight as a job of GitHub sees it: both streams, the summary and the outputs. */
async function runInGithub(name: string, checks: readonly Check[], before = '') {
  const [summary, output] = [join(folder, `${name}.md`), join(folder, `${name}.txt`)];
  for (const file of [summary, output]) writeFileSync(file, before);
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const heard: string[] = [];
  for (const stream of Object.values(streams)) stream.on('data', (part) => heard.push(String(part)));
  const { context: plain } = makeTestContext({
    command: 'preflight',
    flags: { quiet: false, out: [`${name}.xml`] },
  });
  const out = makeOutput({ ...streams, redact: plain.redact, ascii: false, cwd: folder, isWorkflow: true });
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output };
  const context: CliContext = { ...plain, out, env, cwd: folder };
  const { wired } = makeTestWired({ checks });
  const result = await runPreflight([], {}, context, wired);
  const now = context.clock.now();
  const parts = {
    ...result,
    tool: '0',
    command: 'preflight',
    startedAt: now,
    finishedAt: now,
    durationMs: 1,
  };
  const { envelope, unwritten } = handOver(parts, result.text, SPEC, context);
  out.result(result.text);
  out.json(envelope);
  await out.flush();
  const lines = heard.join('').split(/\r?\n/);
  return { lines, unwritten, summary: readFileSync(summary, 'utf8'), output: readFileSync(output, 'utf8') };
}

const many = (count: number, said: string): Check[] =>
  Array.from({ length: count }, (_, i) =>
    answering(`room${i % 7}.check-${i}`, i % 2 ? 'fail' : 'warn', `${i} ${said}`),
  );

describe('a preflight of 500 troubles in GitHub Actions', () => {
  it('writes at most ten annotations of a kind, and nothing of others that a runner would obey', async () => {
    const { lines } = await runInGithub('many', many(500, EVIL));
    const commands = lines.filter((line) => /^\s*::/.test(line));
    for (const kind of ['error', 'warning', 'notice'])
      expect(commands.filter((line) => line.startsWith(`::${kind} `)).length).toBeLessThanOrEqual(10);
    const known = /^::(error|warning) title=[^:]*::|^::(group|endgroup)::/;
    expect(commands.filter((line) => !known.test(line))).toEqual([]);
    expect(commands.filter((line) => /set-output|add-mask/.test(line.split('::')[1] ?? ''))).toEqual([]);
    expect(lines.filter((line) => line.includes('##['))).toEqual([]);
    expect(commands.some((line) => line.includes('and 241 more'))).toBe(true);
  });

  it('keeps the summary of a step below one MiB, cut to whole rows, after what stood there', async () => {
    const before = 'x'.repeat(700_000);
    const { summary, unwritten } = await runInGithub('large', many(500, '😀é|'.repeat(200) + EVIL), before);
    expect(unwritten).toEqual([]);
    expect(summary.startsWith(`${before}# release preflight — NO`)).toBe(true);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900_000);
    expect(summary).not.toContain('\ufffd');
    const rows = summary.split('\n').filter((line) => line.startsWith('| ✖') || line.startsWith('| ▲'));
    expect(rows.length).toBeGreaterThan(100);
    expect(summary).toContain('_The rest was left out');
    expect(rows.filter((row) => !row.endsWith(' |'))).toEqual([]);
  });

  it('sets verdict, exit code, run and report, each once', async () => {
    const { output } = await runInGithub('outputs', many(3, EVIL), 'earlier=1\n');
    const mark = /^verdict<<(release_[0-9a-f-]{36})$/m.exec(output)?.[1];
    const read = output.split(`${mark}\n`);
    expect(output).toMatch(/^earlier=1\nverdict<</);
    expect(read.slice(1, 2)).toEqual(['no-go\n']);
    expect(output).toContain(`exit-code<<${mark}\n3\n${mark}\n`);
    expect(output).toContain(`report<<${mark}\n${join(folder, 'outputs.xml')}\n${mark}\n`);
  });

  it('tells what could not be written, and changes no answer over it', async () => {
    const { context, wired } = {
      ...makeTestContext({ command: 'preflight' }),
      ...makeTestWired({ checks: many(1, 'x') }),
    };
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder };
    const result = await runPreflight([], {}, context, wired);
    const now = context.clock.now();
    const parts = {
      ...result,
      tool: '0',
      command: 'preflight',
      startedAt: now,
      finishedAt: now,
      durationMs: 1,
    };
    const { envelope, unwritten } = handOver(parts, '', SPEC, { ...context, env });
    expect(unwritten.join()).toContain('The summary of GitHub was not written');
    expect(envelope.exitCode).toBe(result.exitCode);
  });
});
