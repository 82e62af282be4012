import { COMMANDS } from '../../../src/cli/catalogue/index.ts';
import { renderExitCodes, renderFullHelp, renderHelp, renderOverview } from '../../../src/cli/help.ts';
import { unknownCommand, unknownFlag } from '../../../src/cli/usage.ts';
import { ConfigError, type Problem } from '../../../src/config/problem.ts';
import { ReleaseError } from '../../../src/domain/failure.ts';
import { sayError } from '../../../src/report/errors.ts';
import type { Screen } from './screen.ts';

const refusal = (name: string, error: ReleaseError, exitCode: number, ends: readonly RegExp[]): Screen => ({
  ...{ name, ends },
  draw: ({ paint }) => sayError(error, exitCode, paint),
});

const problem: Problem = {
  ...{ file: 'runbook.config.yaml', line: 34, col: 7, severity: 'error', width: 7 },
  message: 'unknown key "databse" under environments.production. Did you mean "database"?',
  sourceLine: '      databse: $DATABASE_URL_PROD',
};

/** What is said before anything is done. */
export const words: readonly Screen[] = [
  { name: 'overview', draw: renderOverview, ends: [/Exit codes/] },
  { name: 'help', draw: renderFullHelp, ends: [/release help exit-codes|help\s+exit-codes/] },
  { name: 'exit-codes', draw: renderExitCodes, ends: [/143/] },
  ...COMMANDS.map((spec) => ({
    ...{ name: `help-${spec.name}`, draw: () => renderHelp(spec), ends: [/Exit:/] },
  })),
  refusal('unknown-command', unknownCommand('depoly'), 2, [/Did\s+you\s+mean\s+"deploy"\?/, /--help/]),
  refusal('unknown-flag', unknownFlag('--pln'), 2, [/"--plan"/]),
  refusal(
    'not-in-full',
    new ReleaseError('E_CONFIRM_IN_FULL', {
      what: 'deploy changes production and this is not a terminal.',
      next: 'Say so in full: release deploy v2.1.0 --env production --yes',
      state: 'untouched',
    }),
    2,
    [/release deploy v2\.1\.0/, /--env production --yes/],
  ),
  refusal(
    'unknown-env',
    new ReleaseError('E_ENV_UNKNOWN', {
      what: 'There is no environment "prodction" in runbook.config.yaml:12:1.',
      next: 'Known: staging, production. Did you mean "production"? Nothing was done.',
      state: 'untouched',
    }),
    2,
    [/Nothing\s+was\s+done/],
  ),
  refusal(
    'secrets-missing',
    new ReleaseError('E_SECRET_MISSING', {
      what: '3 secrets are missing: DATABASE_URL_PROD, NEON_API_KEY, STRIPE_SECRET_KEY',
      why: 'used by neon.pool, neon.schema, neon.backup, stripe.api',
      next: 'put them in .env.runbook or the CI secret store; template: .env.runbook.example',
      state: 'untouched',
      see: 'release config check        lists every missing secret at once',
    }),
    4,
    [/Nothing was changed/, /release config check/],
  ),
  refusal('config-problems', new ConfigError([problem]), 2, [/release config check/]),
];
