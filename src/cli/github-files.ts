import { randomUUID } from 'node:crypto';
import { appendFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fence, writeMarkdown } from '../report/files/markdown.ts';
import { writeOutputs } from '../report/github/outputs.ts';
import { trimSummary } from '../report/github/summary.ts';
import { annotateError } from '../report/github/workflow.ts';
import type { CliContext } from './context.ts';
import type { Ended } from './out-files.ts';

/** Of one MiB that a step has, with room for what other programs add. */
const MOST_SUMMARY = 900_000;

type Context = Pick<CliContext, 'env' | 'flags' | 'cwd' | 'redact' | 'command' | 'out'>;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function summaryOf({ report, text, envelope }: Ended, { command }: Context): string {
  if (report) return writeMarkdown(report);
  return `# release ${command}${envelope.version ? ` ${envelope.version}` : ''}\n\n${fence(text)}\n`;
}

function addSummary(file: string, ended: Ended, context: Context): void {
  const room = MOST_SUMMARY - sizeOf(file) - 1;
  const text = trimSummary(context.redact(summaryOf(ended, context)), room);
  if (text !== '') appendFileSync(file, `${text}\n`);
}

function addOutputs(file: string, { envelope, report }: Ended, { flags, cwd, redact }: Context): void {
  const [written] = flags.out;
  const word = (value: unknown): string => (typeof value === 'string' ? redact(value) : '');
  const outputs = {
    verdict: word(envelope.verdict),
    'exit-code': String(envelope.exitCode),
    part: String(report?.part === true),
    run: word(envelope.run),
    report: written === undefined ? '' : resolve(cwd, written),
  };
  appendFileSync(file, writeOutputs(outputs, randomUUID()));
}

const tryTo = (what: string, work: () => void): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return [`${what} of GitHub was not written: ${error instanceof Error ? error.message : String(error)}`];
  }
};

/**
 * In GitHub Actions: adds to the step's summary and outputs. Elsewhere nothing. Returns what could not be written: a
 * courtesy to the reader does not change the answer.
 */
export function writeGithubFiles(ended: Ended, context: Context): string[] {
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY, GITHUB_OUTPUT } = context.env;
  if (GITHUB_ACTIONS !== 'true') return [];
  const { error } = ended;
  if (error) context.out.command(context.redact(annotateError(error)));
  return [
    ...(GITHUB_STEP_SUMMARY
      ? tryTo('The summary', () => addSummary(GITHUB_STEP_SUMMARY, ended, context))
      : []),
    ...(GITHUB_OUTPUT ? tryTo('The output', () => addOutputs(GITHUB_OUTPUT, ended, context)) : []),
  ];
}
