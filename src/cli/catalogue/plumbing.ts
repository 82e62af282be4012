import { localLedger, reason, resuming, takeover, until, wait, waive } from './run-options.ts';
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
  exits: '0 done, and looks were clean; 3 a look was not, or missed; 8 it found a P0 or P1; 1 it broke',
};

const ledger: CommandSpec = {
  name: 'ledger',
  group: 'Plumbing',
  summary: 'prove the record, or mend it where somebody damaged it',
  args: [{ name: 'what', about: 'verify (default), repair or sync', choices: ['verify', 'repair', 'sync'] }],
  options: [
    { flags: '--from-mirror', about: 'repair: put back what this machine saw last (git)' },
    { flags: '--reason <text>', about: 'repair: why; recorded' },
    { flags: '--preparations', about: 'verify, repair: the record of release prepare' },
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

const step: CommandSpec = {
  name: 'step',
  group: 'Plumbing',
  summary: 'one step at a time, for a program that drives the release',
  args: [
    { name: 'what', about: 'begin, list or run', required: true, choices: ['begin', 'list', 'run'] },
    { name: 'which', about: 'begin: the version; list, run: the run' },
    { name: 'step', about: 'run: the name of its next step' },
  ],
  options: [...resuming, reason, wait, takeover, localLedger, waive, until],
  examples: [
    { line: 'release step begin v2.1.0 --env production --yes', says: 'gate, plan, record; no step yet' },
    { line: 'release step list --json', says: 'the steps, and which is next' },
    { line: 'release step run <run> backup --env production --yes', says: 'this one, if it is next' },
  ],
  takesEnv: true,
  takesPlan: false,
  exits: '0 done, or done already · 2 not the next step · 3, 5, 7, 130 as for deploy',
  stopsInStages: true,
};

const completion: CommandSpec = {
  name: 'completion',
  group: 'Plumbing',
  summary: 'what a shell reads so that the tab key offers words',
  args: [{ name: 'shell', about: 'bash, zsh or fish', required: true, choices: ['bash', 'zsh', 'fish'] }],
  options: [],
  examples: [
    { line: 'source <(release completion bash)', says: 'in ~/.bashrc' },
    { line: 'source <(release completion zsh)', says: 'in ~/.zshrc, behind compinit' },
    {
      line: 'release completion fish > ~/.config/fish/completions/release.fish',
      says: 'once',
    },
  ],
  takesEnv: false,
  takesPlan: false,
  exits: '0 printed · 2 another shell',
};

export const plumbing: readonly CommandSpec[] = [tick, ledger, step, completion];
