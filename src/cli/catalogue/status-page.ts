import type { CommandSpec } from './spec.ts';

export const statusPage: CommandSpec = {
  name: 'status-page',
  group: 'Release day',
  summary: 'what customers read of our rollbacks; says "resolved" where nobody watched',
  args: [],
  options: [{ flags: '--resolve', about: 'tells the page that it is over, once that is true by the record' }],
  examples: [
    { line: 'release status-page --env production', says: 'what the page says now' },
    { line: 'release status-page --resolve --env production', says: 'a person says it is over' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 read, or told · 3 "resolved" is not true yet · 4 the page refused the key',
};
