import { note } from './note.ts';
import { localLedger, reason, resuming, takeover, until, wait, waive } from './run-options.ts';
import type { CommandSpec } from './spec.ts';
import { watch } from './watch.ts';

const version = { name: 'version', about: 'in full, like v2.1.0' };

const preflight: CommandSpec = {
  name: 'preflight',
  group: 'Release day',
  summary: 'may we deploy? asks every check and changes nothing',
  args: [version],
  options: [
    { flags: '--only <glob>', about: 'ask these checks alone, like database.*', repeat: true },
    { flags: '--skip <glob>', about: 'leave checks out; the verdict is HOLD at best', repeat: true },
    waive,
    reason,
    until,
    { flags: '--max-age <time>', about: 'take recorded good answers younger than 60m' },
    {
      flags: '--allow-skips',
      about: 'exit 0 when only absent secrets hold it (forks)',
    },
    { flags: '--list', about: 'list checks: rows, gates, weight, freshness' },
    { flags: '--files <glob...>', about: 'judge SQL files alone; asks nobody' },
  ],
  examples: [
    { line: 'release preflight v2.1.0', says: 'every check against production' },
    { line: 'release preflight --only "database.*"', says: 'one room' },
    { line: 'release preflight --files "migrations/*.sql"', says: 'the migrations of a pull request' },
    { line: 'release preflight v2.1.0 --json > preflight.json', says: 'for a script' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 GO · 3 NO-GO or HOLD · 4 a secret is missing',
  hasFindings: true,
};

const parity: CommandSpec = {
  name: 'parity',
  group: 'Release day',
  summary: 'is staging like production, but for what the release brings?',
  args: [],
  options: [
    { flags: '--between <names>', about: 'two environments; default staging,production' },
    { flags: '--min <percent>', about: 'GO above this; default thresholds.parity.go' },
    { flags: '--ignore <path>', about: 'leave differences out, like env/REPL_ID', repeat: true },
    { flags: '--all', about: 'every difference, and all that the release brings' },
  ],
  examples: [
    { line: 'release parity', says: 'the score, and what differs' },
    { line: 'release parity --all', says: 'also what the release explains' },
    { line: 'release parity --ignore "env/REPL_*"', says: 'without variables of the platform' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 GO · 3 NO-GO, HOLD or not known · 4 a secret is missing',
};

const drift: CommandSpec = {
  name: 'drift',
  group: 'Release day',
  summary: 'has the set-up changed since somebody accepted it? changes nothing',
  args: [],
  options: [
    { flags: '--since <run>', about: 'compare with what was accepted in that run' },
    { flags: '--accept', about: 'make the set-up as it is the baseline, with --reason' },
    reason,
    { flags: '--until <date>', about: 'with --accept: afterwards the baseline before counts again' },
    { flags: '--notify', about: 'tell the channels of drift-alert, once per set of changes' },
    { flags: '--issue', about: 'open a ticket at GitHub, once per set of changes; without it, print one' },
  ],
  examples: [
    { line: 'release drift', says: 'look, compare, tell' },
    { line: 'release drift --notify', says: 'the same from cron, with a message to Slack' },
    { line: 'release drift --accept --reason "export keys of v2.2"', says: 'agree to what changed' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 clean · 3 drifted, or not known · 4 a secret is missing',
};

const deploy: CommandSpec = {
  name: 'deploy',
  group: 'Release day',
  summary: 'bring a version to users: back up, migrate, publish, prove, announce',
  args: [version],
  options: [
    { flags: '--resume', about: 'go on with the run that was interrupted' },
    ...resuming,
    { flags: '--abandon', about: 'give the open run up and free the lock, with --reason' },
    { flags: '--plan-id <id>', about: 'begin only what --plan has shown under this name' },
    {
      flags: '--on-failure <way>',
      about: 'what becomes of a deploy that failed half way',
      choices: ['ask', 'stop', 'rollback'],
    },
    reason,
    wait,
    takeover,
    localLedger,
    waive,
    until,
  ],
  examples: [
    { line: 'release deploy v2.1.0 --plan', says: 'show every step, change nothing' },
    { line: 'release deploy v2.1.0', says: 'show the plan, ask, then do it' },
    { line: 'release deploy v2.1.0 --env production --yes', says: 'in a script' },
    { line: 'release deploy --resume', says: 'after a crash or Ctrl-C' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 live, proven · 3 gate says no · 5 busy · 6 taken back · 7 call a person · 130 stopped',
  stopsInStages: true,
};

const smoke: CommandSpec = {
  name: 'smoke',
  group: 'Release day',
  summary: 'call the running application the way users do, and measure it',
  args: [version],
  options: [
    { flags: '--only <glob>', about: 'these calls alone', repeat: true },
    { flags: '--samples <n>', about: 'of calls that change nothing: 0, or 59 and more' },
    { flags: '--read-only', about: 'leave out calls that write' },
    { flags: '--samples-out <file>', about: 'every timed answer as a line of CSV' },
    { flags: '--cleanup <run>', about: 'delete what the smoke test of that run left' },
    { flags: '--no-cleanup', about: 'leave what it made, to look at it' },
    { flags: '--export <tool>', about: 'the scenario as a script; sends nothing', choices: ['k6'] },
  ],
  examples: [
    { line: 'release smoke', says: 'the whole scenario' },
    { line: 'release smoke --read-only --samples 250', says: 'measure without writing' },
    { line: 'release smoke --cleanup r-20251001-1400-7f3a', says: 'after one that was killed' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 healthy · 3 failed or inconclusive · 4 no test login',
  stopsInStages: true,
};

const rollback: CommandSpec = {
  name: 'rollback',
  group: 'Release day',
  summary: 'go back to an earlier version: code, host and database',
  args: [{ name: 'run', about: 'whose restore, with --reconcile or --replay-events; default: the last one' }],
  options: [
    { flags: '--to <version>', about: 'an earlier version, or "previous"' },
    {
      flags: '--db <way>',
      about: 'none, down (rollback scripts) or restore',
      choices: ['none', 'down', 'restore'],
    },
    { flags: '--accept-data-loss', about: 'with --db restore in a script' },
    { flags: '--severity <level>', about: 'how urgent it is; default P1', choices: ['P0', 'P1', 'P2'] },
    reason,
    {
      flags: '--rehearse',
      about: 'try the whole plan on a branch and in a clone; production is not touched',
    },
    {
      flags: '--from <version>',
      about: 'with --rehearse: what is left, also a candidate still to be deployed',
    },
    { flags: '--break-glass', about: 'when the ledger is away: go past it and its lock, with --reason' },
    { flags: '--reconcile', about: 'after a restore: what it took, and the SQL that brings it back' },
    { flags: '--replay-events', about: "after a restore: send Stripe's events of the gap once more" },
    {
      flags: '--confirm <when>',
      about: 'watch real traffic now (at a terminal the default) or later',
      choices: ['now', 'later'],
    },
    { flags: '--resume', about: 'go on with the rollback that was interrupted' },
    ...resuming,
    wait,
    takeover,
  ],
  examples: [
    { line: 'release rollback --to v2.0.3', says: 'show the plan, ask, then do it' },
    { line: 'release rollback --to previous --plan', says: 'show the ways back' },
    { line: 'release rollback --to v2.0.3 --env production --yes', says: 'in a script' },
    { line: 'release rollback --rehearse --from v2.1.0', says: 'the way back, before the deploy' },
    { line: 'release rollback --reconcile', says: 'what the restore took; changes nothing' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 back and verified, or proven · 3 not confirmed, not proven · 7 call a person · 130 stopped',
  stopsInStages: true,
};

export const releaseDay: readonly CommandSpec[] = [
  preflight,
  parity,
  drift,
  deploy,
  smoke,
  watch,
  note,
  rollback,
];
