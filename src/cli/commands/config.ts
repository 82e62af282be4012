import { ReleaseError } from '../../domain/failure.ts';
import { didYouMean } from '../../domain/suggest.ts';
import type { CommandModule } from '../command.ts';
import type { ConfigAnswer, ConfigOrder } from '../config/answer.ts';
import { checkConfig } from '../config/check-config.ts';
import { printConfig } from '../config/print-config.ts';
import { printSchema } from '../config/print-schema.ts';
import type { CliContext } from '../context.ts';

const QUESTIONS = ['check', 'print', 'schema'];

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

async function answer([what = 'check', path]: readonly string[], context: CliContext): Promise<ConfigAnswer> {
  const order = orderOf(context);
  if (what === 'check') return checkConfig(order, context.terminal.stdoutIsTty);
  if (what === 'print') return printConfig(order, path);
  if (what === 'schema') return printSchema();
  throw unknownQuestion(what);
}

export const run: CommandModule['run'] = async (args, _options, context) => ({
  ...(await answer(args, context)),
  next: [],
  warnings: [],
});
