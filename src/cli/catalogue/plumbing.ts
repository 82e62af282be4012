import type { CommandSpec } from './spec.ts';

const tick: CommandSpec = {
  name: 'tick',
  group: 'Plumbing',
  summary: 'do the work that is due; for cron and CI, any number at once',
  args: [],
  options: [
    { flags: '--schedule <kind>', about: 'have this done again and again', choices: ['drift'] },
    { flags: '--every <interval>', about: 'how often, like 6h or 1d (with --schedule)' },
    { flags: '--unschedule <kind>', about: 'have it done no more', choices: ['drift'] },
  ],
  examples: [
    { line: 'release tick --schedule drift --every 24h', says: 'once' },
    { line: 'release tick', says: 'every few minutes, from any machine' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 all that was due is done, whatever it found; 1 some of it broke, and is recorded so',
};

export const plumbing: readonly CommandSpec[] = [tick];
