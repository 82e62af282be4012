import type { CommandSpec } from './spec.ts';

export const note: CommandSpec = {
  name: 'note',
  group: 'Release day',
  summary: 'tell the watch what no measurement sees: a complaint, an incident',
  args: [{ name: 'text', about: 'what was seen', required: true }],
  options: [
    { flags: '--complaint <issue>', about: 'a customer reported this issue; the same name counts up' },
    {
      flags: '--severity <level>',
      about: 'declares it, like a failed rule',
      choices: ['P0', 'P1', 'P2', 'P3'],
    },
    { flags: '--resolves <note>', about: 'what was declared by that note is over' },
  ],
  examples: [
    { line: 'release note "PDF export hangs" --complaint export', says: 'one more report of it' },
    { line: 'release note "data of others is visible" --severity P0', says: 'a rule fires at once' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 noted; every watch of this environment sees it within half a minute',
};
