import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { CommandModule, CommandOptions } from '../command.ts';
import type { ConfigAnswer, ConfigOrder } from '../config/answer.ts';
import { checkConfig } from '../config/check-config.ts';
import { printConfig } from '../config/print-config.ts';
import { printSchema } from '../config/print-schema.ts';
import type { CliContext } from '../context.ts';

const QUESTIONS = ['check', 'print', 'docs', 'schema'];

const unknownQuestion = (what: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `config has no "${what}".${didYouMean(what, QUESTIONS)}`,
    next: `One of: ${QUESTIONS.map((one) => `release config ${one}`).join(', ')}.`,
    state: 'untouched',
  });

const orderOf = ({ cwd, env, flags, learn }: CliContext): ConfigOrder => ({
  cwd,
  env,
  learn,
  ...(flags.config === undefined ? {} : { file: flags.config }),
  ...(flags.envIsTyped ? { typedEnv: flags.env } : {}),
});

/** What reads Markdown, and knows every check and step, is loaded only where a runbook is read or written. */
async function checkWritten(file: string, context: CliContext): Promise<ConfigAnswer> {
  const { checkRunbook } = await import('../config/runbook/check-runbook.ts');
  const { stdoutIsTty, columns } = context.terminal;
  const now = context.clock.now();
  return checkRunbook(orderOf(context), { file, now, ...(stdoutIsTty ? { columns } : {}) });
}

const onlyOfCheck = (what: string): ReleaseError =>
  new ReleaseError('E_ARGUMENTS', {
    what: `config ${what} takes no --runbook.`,
    next: 'release config check --runbook FILE.md reads a written runbook.',
    state: 'untouched',
  });

async function answer(
  [what = 'check', path]: readonly string[],
  { runbook }: CommandOptions,
  context: CliContext,
): Promise<ConfigAnswer> {
  const order = orderOf(context);
  if (typeof runbook === 'string' && QUESTIONS.includes(what) && what !== 'check') throw onlyOfCheck(what);
  if (what === 'check' && typeof runbook === 'string') return checkWritten(runbook, context);
  if (what === 'check') return checkConfig(order, context.terminal.stdoutIsTty);
  if (what === 'print') return printConfig(order, path);
  if (what === 'docs') return (await import('../config/runbook/write-docs.ts')).writeDocs(order);
  if (what === 'schema') return printSchema();
  throw unknownQuestion(what);
}

export const run: CommandModule['run'] = async (args, options, context) => ({
  ...(await answer(args, options, context)),
  next: [],
  warnings: [],
});
