import type { CommandSpec } from './spec.ts';

export const watch: CommandSpec = {
  name: 'watch',
  group: 'Release day',
  summary: 'what do the measurements say? judges a record by the rules of the runbook',
  args: [],
  options: [
    { flags: '--replay <file>', about: 'a record of measurements, JSON lines (docs/ticks.md); - for a pipe' },
    { flags: '--rules <file>', about: 'other rules; every decision that differs is shown' },
    {
      flags: '--fail-on <level>',
      about: 'exit 8 from this level on; default P1',
      choices: ['P0', 'P1', 'P2', 'hold'],
    },
  ],
  examples: [
    { line: 'release watch --replay ticks.jsonl', says: 'what the rules would have said, and when' },
    { line: 'release watch --replay ticks.jsonl --rules other.yaml', says: 'which decision flips' },
  ],
  takesEnv: false,
  takesPlan: false,
  exits: '0 healthy · 3 evaluate, or not known · 8 a rule at --fail-on or worse says roll back',
};
