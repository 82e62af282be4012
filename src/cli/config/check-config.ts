import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findWrongValues } from '../../config/check-values.ts';
import { chooseEnv } from '../../config/choose-env.ts';
import { findEnvironment } from '../../config/find-environment.ts';
import { locateConfig } from '../../config/find-file.ts';
import { findShortSecrets } from '../../config/find-short-secrets.ts';
import { acceptChecked, type Checked, checkFile, type Loaded } from '../../config/load.ts';
import { listSecrets, type MissingUse, missingSecrets, sayUses } from '../../config/missing-secrets.ts';
import { problemAt } from '../../config/place.ts';
import { listProblems, type Problem, printProblems } from '../../config/problem.ts';
import { makeSecrets, type RunbookSecrets, SECRETS_FILE } from '../../config/secrets.ts';
import type { JsonObject } from '../../domain/json.ts';
import { plural } from '../../domain/plural.ts';
import { wrapWords } from '../../report/table.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { ConfigAnswer, ConfigOrder } from './answer.ts';

const COLUMNS = 80;

const has = (problems: readonly Problem[], severity: Problem['severity']): number =>
  problems.filter((one) => one.severity === severity).length;

/** Secrets can be asked about only when the file itself is right: before that their names are not known. */
interface SecretState {
  readonly named: number;
  readonly missing: readonly MissingUse[];
  readonly wrong: readonly Problem[];
}

function readSecretState(
  checked: Checked,
  loaded: Loaded,
  secrets: RunbookSecrets,
  env?: string,
): SecretState {
  const { source } = checked;
  const short = findShortSecrets(loaded.runbook, secrets, env);
  return {
    named: listSecrets(loaded.runbook, env).length,
    missing: missingSecrets(loaded, secrets, env),
    wrong: [
      ...findWrongValues(loaded.runbook, secrets).map(({ path, message }) =>
        problemAt(source, path, message),
      ),
      ...short.map(({ path, message }) => problemAt(source, path, message, { severity: 'warn' })),
    ],
  };
}

/** --env narrows the question to one environment; without it every environment is asked about. */
function askSecrets(checked: Checked, path: string, order: ConfigOrder): SecretState | undefined {
  if (checked.runbook === undefined || has(checked.problems, 'error') > 0) return undefined;
  const loaded = acceptChecked(checked, path);
  const secrets = makeSecrets({ env: order.env, envFile: join(dirname(path), SECRETS_FILE) });
  secrets.subscribe(order.learn);
  const { name, origin } = chooseEnv(loaded, secrets, order.typedEnv);
  const isChosen = origin === 'flag' || origin === 'environment';
  if (isChosen) findEnvironment(loaded, name);
  return readSecretState(checked, loaded, secrets, isChosen ? name : undefined);
}

const MARGIN = ' '.repeat(10);

/** In a terminal wrapped under itself; elsewhere one line each, for editors and grep. */
function sayUse(use: MissingUse, isTerminal: boolean): string[] {
  const line = `${use.name}  ${sayUses([use]).replace('used', 'needed')}`;
  const lines = isTerminal ? wrapWords(line, COLUMNS - MARGIN.length - 2) : [line];
  return lines.map((part, i) => `${MARGIN}${i === 0 ? '✖' : ' '} ${part}`);
}

function saySecrets(state: SecretState | undefined, isTerminal: boolean): string[] {
  if (state === undefined) return [];
  const { named, missing } = state;
  const line = `secrets   ${named - missing.length} of ${named} present (names only)`;
  if (missing.length === 0) return [line];
  return [
    line,
    ...missing.flatMap((one) => sayUse(one, isTerminal)),
    `${MARGIN}put them in ${SECRETS_FILE} or the CI secret store;`,
    `${MARGIN}template: .env.runbook.example`,
  ];
}

function sayCount(problems: readonly Problem[], state: SecretState | undefined): string {
  const [errors, warnings] = [has(problems, 'error'), has(problems, 'warn')];
  const missing = state?.missing.length ?? 0;
  if (errors + warnings + missing === 0) return 'nothing to correct';
  const said = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
  return missing > 0 ? `${said}, ${plural(missing, 'secret')} missing` : said;
}

const exitOf = (problems: readonly Problem[], state: SecretState | undefined): ExitCode => {
  if (has(problems, 'error') > 0) return EXIT.usage;
  return (state?.missing.length ?? 0) > 0 ? EXIT.credentials : EXIT.ok;
};

/** The template language is loaded only where there is something to read with it. */
async function checkMessages({ runbook }: Checked, path: string): Promise<readonly Problem[]> {
  const root = dirname(path);
  if (runbook === undefined || !existsSync(join(root, 'templates'))) return [];
  const { checkTemplates } = await import('./check-templates.ts');
  return checkTemplates(root, runbook);
}

const asJson = ({ file, line, col, severity, message }: Problem): JsonObject => ({
  file,
  line,
  col,
  severity,
  message,
});

function makeResult(file: string, problems: readonly Problem[], state: SecretState | undefined): JsonObject {
  const missing = (state?.missing ?? []).map(({ name, at }) => ({ name, ...at }));
  return {
    file,
    problems: problems.map(asJson),
    secrets: state === undefined ? null : { named: state.named, missing },
  };
}

/**
 * Everything that is wrong with the configuration, its secrets and its templates, without asking the network. Exit 0 fine, 2 wrong,
 * 4 when secrets alone are missing (ux 2.21). `isTerminal` false: one problem per line, for editors and grep.
 */
export async function checkConfig(order: ConfigOrder, isTerminal = true): Promise<ConfigAnswer> {
  const path = locateConfig(order.cwd, order.file);
  const checked = checkFile(order.cwd, path);
  const state = askSecrets(checked, path, order);
  const templates = await checkMessages(checked, path);
  const problems = [...checked.problems, ...(state?.wrong ?? []), ...templates];
  const { file } = checked.source;
  const list = isTerminal ? printProblems(problems) : listProblems(problems);
  const lines = [
    file,
    ...(list === '' ? [] : [list]),
    ...saySecrets(state, isTerminal),
    sayCount(problems, state),
  ];
  return {
    exitCode: exitOf(problems, state),
    text: lines.join('\n'),
    result: makeResult(file, problems, state),
  };
}
