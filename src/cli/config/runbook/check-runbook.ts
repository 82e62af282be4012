import { type Loaded, loadRunbook } from '../../../config/load.ts';
import { isReleaseError } from '../../../domain/failure.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { type LintAnswer, lintRunbook } from '../../../domain/runbook/lint-runbook.ts';
import type { LintFinding } from '../../../domain/runbook/rule.ts';
import { lintFindings } from '../../../report/runbook/lint-findings.ts';
import { sayLint, sayLintCounts } from '../../../report/runbook/lint-text.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import type { ConfigAnswer, ConfigOrder } from '../answer.ts';
import { checkConfig } from '../check-config.ts';
import { readKnown } from './know.ts';
import { readRunbookFile } from './read-runbook-file.ts';

/** The file, and the moment it is read at. */
export interface RunbookOrder {
  readonly file: string;
  readonly now: Date;
  /** Of the terminal; undefined where there is none. */
  readonly columns?: number;
}

const NO_CONFIG: ConfigAnswer = {
  exitCode: EXIT.ok,
  text: 'no configuration here: the text is read alone, and nothing is compared with one',
  result: { file: null, problems: [], secrets: null },
};

/** A runbook is often read before there is a configuration; one that was named has to be there. */
async function askConfig(order: ConfigOrder, isTerminal: boolean): Promise<ConfigAnswer> {
  try {
    return await checkConfig(order, isTerminal);
  } catch (error) {
    if (isReleaseError(error) && error.code === 'E_CONFIG_MISSING' && order.file === undefined)
      return NO_CONFIG;
    throw error;
  }
}

const loadIfRight = (order: ConfigOrder, answer: ConfigAnswer): Loaded | undefined =>
  answer === NO_CONFIG || answer.exitCode === EXIT.usage ? undefined : loadRunbook(order);

const UNCOMPARED = 'the configuration is wrong, so that the runbook was not compared with it';

function exitOf(config: ConfigAnswer, { findings }: LintAnswer): ExitCode {
  if (config.exitCode === EXIT.usage) return EXIT.usage;
  return findings.some(({ severity }) => severity === 'error') ? EXIT.no : config.exitCode;
}

const asJson = ({ rule, severity, line, col, said, why, next }: LintFinding): JsonObject => ({
  ...{ rule, severity, line, col, said, why, next },
});

const resultOf = (
  file: string,
  loaded: Loaded | undefined,
  { findings, accepted }: LintAnswer,
): JsonObject => ({
  file,
  compared: loaded !== undefined,
  findings: findings.map(asJson),
  accepted: accepted.map((one) => ({ ...asJson(one), reason: one.reason })),
});

/**
 * The configuration as `checkConfig` sees it, and every contradiction of a written runbook with its line. Exit 2 when the
 * configuration is wrong, else 3 for an error of the runbook, else as the configuration alone. Throws E_RUNBOOK_UNREADABLE.
 */
export async function checkRunbook(
  order: ConfigOrder,
  { file, now, columns }: RunbookOrder,
): Promise<ConfigAnswer> {
  const document = readRunbookFile(order.cwd, file);
  const config = await askConfig(order, columns !== undefined);
  const loaded = loadIfRight(order, config);
  const answer = lintRunbook(document, await readKnown(document, loaded, now));
  const isWrong = loaded === undefined && config !== NO_CONFIG;
  const lines = [
    ...[config.text, '', document.file, ...sayLint(document.file, answer, columns)],
    ...(isWrong ? [UNCOMPARED] : []),
    sayLintCounts(answer),
  ];
  return {
    exitCode: exitOf(config, answer),
    text: lines.join('\n'),
    result: { ...config.result, runbook: resultOf(document.file, loaded, answer) },
    findings: lintFindings(document.file, answer.findings, now),
  };
}
