import type { CommandSpec } from './spec.ts';
import { task } from './task.ts';

const status: CommandSpec = {
  name: 'status',
  group: 'Look back',
  summary: 'what is live, what is running, what is waiting',
  args: [],
  options: [
    { flags: '--why', about: 'rules that call, hold or are not known: their samples and rows' },
    { flags: '--owners', about: 'who answers for what, whom to call, and who can be reached now' },
  ],
  examples: [
    { line: 'release status', says: 'every environment' },
    { line: 'release status --env staging', says: 'one of them' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 whenever the ledger is readable',
  onlyLooks: true,
};

const history: CommandSpec = {
  name: 'history',
  group: 'Look back',
  summary: 'past runs, newest last',
  args: [{ name: 'version', about: 'runs of this version alone' }],
  options: [
    { flags: '--all', about: 'more than the last 15' },
    { flags: '--steps', about: 'below each run its steps, and how long each took' },
  ],
  examples: [
    { line: 'release history', says: 'the last 15 runs' },
    { line: 'release history v2.1.0 --steps', says: 'where the time went' },
    { line: 'release history v2.1.0 --json', says: 'for a script' },
    { line: 'release history --all | cut -f1-4', says: 'tab-separated in a pipe' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 whenever the ledger is readable',
  onlyLooks: true,
};

const report: CommandSpec = {
  name: 'report',
  group: 'Look back',
  summary: 'one page of a run: what happened, how bad it was, what was lost, who decided',
  args: [{ name: 'run', about: 'a run or a version; default: the newest run' }],
  options: [
    { flags: '--open', about: 'show it in the browser; only at a terminal' },
    { flags: '--ticks <file>', about: 'measurements from this tick file, or - for the pipe' },
  ],
  examples: [
    { line: 'release report --open', says: 'of the newest run' },
    { line: 'release report v2.2.0 --out incident.html', says: 'to this file, for a mail or a drive' },
    {
      line: 'release report r-20261129-1602-b0d3 --ticks ticks.jsonl',
      says: 'with measurements of Prometheus',
    },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 written',
  writesPage: true,
};

const postmortem: CommandSpec = {
  name: 'postmortem',
  group: 'Look back',
  summary: 'write the postmortem of a rollback from the ledger; people fill in the rest',
  args: [{ name: 'run', about: 'the rollback, or the deploy it took back; default: the last rollback' }],
  options: [
    { flags: '--update', about: 'write the parts between the marks anew, and leave the rest' },
    { flags: '--check', about: 'exit 3 while fields are open or actions have no owner or day' },
    {
      flags: '--ticks <file>',
      about: 'errors and P95 from this tick file, or - for the pipe',
    },
    { flags: '--file <path>', about: 'another place than docs/postmortems/<day>-<version>-incident.md' },
  ],
  examples: [
    { line: 'release postmortem', says: 'of the last rollback' },
    {
      line: 'release postmortem --update --ticks ticks.jsonl',
      says: 'with errors and P95 of Prometheus or a log',
    },
    { line: 'release postmortem --check', says: 'in CI, until it is complete' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 written, or complete · 3 with --check, while fields are open',
};

export const lookBack: readonly CommandSpec[] = [status, history, report, postmortem, task];
