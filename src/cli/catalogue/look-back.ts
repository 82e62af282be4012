import type { CommandSpec } from './spec.ts';

const status: CommandSpec = {
  name: 'status',
  group: 'Look back',
  summary: 'what is live, what is running, what is waiting',
  args: [],
  options: [],
  examples: [
    { line: 'release status', says: 'every environment' },
    { line: 'release status --env staging', says: 'one of them' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 whenever the ledger is readable',
};

const history: CommandSpec = {
  name: 'history',
  group: 'Look back',
  summary: 'past runs, newest last',
  args: [{ name: 'version', about: 'runs of this version alone' }],
  options: [{ flags: '--all', about: 'more than the last 15' }],
  examples: [
    { line: 'release history', says: 'the last 15 runs' },
    { line: 'release history v2.1.0 --json', says: 'for a script' },
    { line: 'release history --all | cut -f1-4', says: 'tab-separated in a pipe' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 whenever the ledger is readable',
};

export const lookBack: readonly CommandSpec[] = [status, history];
