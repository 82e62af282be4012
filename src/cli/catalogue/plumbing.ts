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

const ledger: CommandSpec = {
  name: 'ledger',
  group: 'Plumbing',
  summary: 'prove the record, or mend it where somebody damaged it',
  args: [{ name: 'what', about: 'verify (default), repair or sync' }],
  options: [
    { flags: '--from-mirror', about: 'repair: put back what this machine saw last (git)' },
    { flags: '--reason <text>', about: 'repair: why; recorded' },
  ],
  examples: [
    { line: 'release ledger verify', says: 'every entry, from the first to the last' },
    { line: 'release ledger repair --from-mirror --reason "…" --plan', says: 'what would be put back' },
    { line: 'release ledger sync', says: 'bring in what rollback --break-glass did' },
  ],
  takesEnv: true,
  takesPlan: true,
  exits: '0 whole, or mended · 1 damaged or not reached; the entry is named',
};

export const plumbing: readonly CommandSpec[] = [tick, ledger];
