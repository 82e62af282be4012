import type { CommandSpec } from './spec.ts';

const levels = ['P0', 'P1', 'P2', 'hold'];

export const watch: CommandSpec = {
  name: 'watch',
  group: 'Release day',
  summary: 'how is the release doing? measures, and judges by the rules of the runbook',
  args: [{ name: 'version', about: 'what must be live; default: what is' }],
  options: [
    { flags: '--for <time>', about: 'from now on, like 30m; default: to the end of monitoring' },
    { flags: '--interval <time>', about: 'pace of our own requests; default: of measurements' },
    { flags: '--rate <n>', about: 'the same, as requests a second to each endpoint' },
    {
      flags: '--fail-on <level>',
      about: 'end with 8 from this level on; default P1, or that of --auto-rollback',
      choices: levels,
    },
    {
      flags: '--auto-rollback <level>',
      about: 'roll back by itself from this level on',
      choices: ['P0', 'P1'],
    },
    { flags: '--once', about: 'one look; it cannot prove a rule of five minutes' },
    { flags: '--replay <file>', about: 'judge a record (docs/ticks.md) instead; - for a pipe' },
    { flags: '--rules <file>', about: 'other rules; a replay shows each decision that differs' },
    { flags: '--time-scale <n>', about: 'in a sandbox: so many seconds pass in one' },
  ],
  examples: [
    { line: 'release watch', says: 'to the end of the monitoring' },
    { line: 'release watch --for 15m --fail-on P0', says: 'a quarter of an hour, in a script' },
    { line: 'release watch --replay ticks.jsonl', says: 'what the rules would have said, and when' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 healthy · 3 people decide, or not known · 8 roll back · 130 stopped; go on later',
  stopsInStages: true,
};
