import type { CommandSpec } from './spec.ts';

export const notify: CommandSpec = {
  name: 'notify',
  group: 'Release day',
  summary: 'send a message by hand, show it first, or send again what Slack did not take',
  args: [
    { name: 'template', about: 'one of --list' },
    { name: 'version', about: 'in full, like v2.1.0; left out: of the last run' },
  ],
  options: [
    { flags: '--list', about: 'every message: where it goes, sent last, due next' },
    { flags: '--preview', about: 'show it with its variables; send nothing' },
    {
      flags: '--to <place>',
      about: 'a channel, for a letter an address; default: its route',
      repeat: true,
    },
    { flags: '--set <name=value>', about: 'give a variable that nobody can compute', repeat: true },
    { flags: '--resend', about: 'send what a run could not, once' },
    { flags: '--again', about: 'do not ask when it was sent within ten minutes' },
  ],
  examples: [
    { line: 'release notify', says: 'every message, and what is kept' },
    { line: 'release notify release-start v2.1.0 --preview', says: 'as people will read it' },
    { line: 'release notify release-scheduled v2.1.0', says: 'the day before' },
    { line: 'release notify --resend', says: 'after Slack was away' },
    { line: 'release notify customer-rollback --preview', says: 'the letter to customers' },
    { line: 'release notify incident-report --preview', says: 'the report to stakeholders' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 sent, or shown · 1 not everybody reached · 2 something missing · 3 it would not be true',
};
