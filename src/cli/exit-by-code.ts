import { EXIT, type ExitCode } from './exit.ts';

/** Codes that do not end with 1, by the exit code they end with. docs/errors.md says the same (a test compares). */
const CODES: readonly (readonly [ExitCode, readonly string[]])[] = [
  [
    EXIT.usage,
    [
      'E_ARGUMENTS',
      'E_CHECK_UNKNOWN',
      'E_COMMAND_LATER',
      'E_COMMAND_MISSING',
      'E_COMMAND_UNKNOWN',
      'E_CONFIG_INVALID',
      'E_CONFIG_MISSING',
      'E_CONFIG_PATH',
      'E_CONFIG_UNREADABLE',
      'E_CONFIRM_IN_FULL',
      'E_ENV_MIXED_UP',
      'E_ENV_UNKNOWN',
      'E_FLAG_REFUSED',
      'E_FLAG_UNKNOWN',
      'E_FLAG_VALUE',
      'E_INPUT_OFF',
      'E_JOURNAL_SHAPE',
      'E_METRICS_KIND',
      'E_MIGRATIONS_OFF',
      'E_MIGRATION_MISSING',
      'E_NEON_BRANCH',
      'E_NOT_CONFIGURED',
      'E_NO_WAY_DOWN',
      'E_GIT_TOO_OLD',
      'E_NOTHING_TO_RESUME',
      'E_NO_REMOTE',
      'E_PLAN_UNKNOWN_STEP',
      'E_NOT_EARLIER',
      'E_NO_RESTORE_POINT',
      'E_REASON_MISSING',
      'E_OUT_KIND',
      'E_PROXY',
      'E_SLACK_CHANNEL',
      'E_SMOKE_OFF',
      'E_STRIPE_MODE',
      'E_TEMPLATE_STATEMENT',
      'E_TEMPLATE_SYNTAX',
      'E_TEMPLATE_UNKNOWN',
      'E_TEMPLATE_VARIABLE',
      'E_TLS_OFF',
      'E_VERSION_MISSING',
      'E_VERSION_SHAPE',
      'E_VERSION_UNKNOWN',
      'E_WAIVE_REASON',
      'E_WEB_REQUEST',
    ],
  ],
  [
    EXIT.no,
    [
      'E_APP_DOWN',
      'E_METRICS',
      'E_NO_SMOKE',
      'E_NO_TAG',
      'E_GATE_NO',
      'E_MERGE_CONFLICT',
      'E_PUSH_REFUSED',
      'E_RESTORE_NAME_TAKEN',
      'E_RESTORE_REFUSED',
      'E_RESTORE_TOO_OLD',
      'E_TAG_TAKEN',
      'E_WEBHOOK_SECRET',
    ],
  ],
  [
    EXIT.credentials,
    [
      'E_GITHUB_KEY',
      'E_NEON_KEY',
      'E_STRIPE_KEY',
      'E_SECRETS_UNREADABLE',
      'E_SECRET_MISSING',
      'E_SECRET_REFUSED',
    ],
  ],
  [EXIT.busy, ['E_FENCED', 'E_LEDGER_BUSY', 'E_LOCKED', 'E_RUN_OPEN']],
  [EXIT.unsafe, ['E_DATA_INTEGRITY', 'E_MAINTENANCE']],
  [EXIT.stopped, ['E_ANSWERED_NO']],
];

/** Exit code by error code, for all that do not end with 1. */
export const EXIT_BY_CODE: ReadonlyMap<string, ExitCode> = new Map(
  CODES.flatMap(([exit, codes]) => codes.map((code) => [code, exit] as const)),
);

/** The exit code of an expected failure; 1 unless its family says otherwise. */
export const exitCodeOf = (code: string): ExitCode => EXIT_BY_CODE.get(code) ?? EXIT.broke;
