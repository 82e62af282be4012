import type { CommandSpec } from './spec.ts';

export const task: CommandSpec = {
  name: 'task',
  group: 'Look back',
  summary: 'what is left to do after a release or a rollback: who, until when, and what shows it',
  args: [
    {
      name: 'action',
      about: 'list (default), done, drop, assign or archive',
      choices: ['list', 'done', 'drop', 'assign', 'archive'],
    },
    { name: 'task', about: 'like pir-24' },
  ],
  options: [
    { flags: '--evidence <text>', about: 'done: what shows it, an address or a sentence' },
    { flags: '--reason <text>', about: 'drop: why it is not done' },
    { flags: '--to <person>', about: 'assign: somebody of the runbook' },
    { flags: '--folder <path>', about: 'archive: where ledger, reports and their digests are written' },
    { flags: '--all', about: 'list: closed tasks as well' },
  ],
  examples: [
    { line: 'release task', says: 'what is open, and what is overdue' },
    { line: 'release task assign pir-24 --to "Ana Diaz"', says: 'a reminder names her' },
    { line: 'release task done pir-24 --evidence https://…', says: 'closed, with what shows it' },
    { line: 'release task drop pir-28 --reason "the way back was quick"', says: 'not done, on purpose' },
    { line: 'release task archive --folder archive/v2.1.0', says: 'keeps what the release leaves (post-21)' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 listed or recorded · 2 no such task or person, no evidence, no reason',
};
