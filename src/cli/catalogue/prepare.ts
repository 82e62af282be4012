import { reason, takeover, wait } from './run-options.ts';
import type { CommandSpec } from './spec.ts';

export const prepare: CommandSpec = {
  name: 'prepare',
  group: 'Set up',
  summary: 'T-7: release branch, versions, changelog and candidate tag in one push',
  args: [{ name: 'version', about: 'in full, like v2.2.0' }],
  options: [
    {
      flags: '--for <day>',
      about: 'day of the release, like 2026-12-08; refused where it cannot be',
    },
    { flags: '--from <branch>', about: 'cut the release from this branch; default source.develop' },
    { flags: '--hotfix', about: 'a fix of what is live: its next patch, from source.main' },
    { flags: '--keep-reverted', about: 'a merge that was reverted and merged again may stay out' },
    { flags: '-e, --edit', about: 'the section of the changelog in your editor first' },
    { flags: '--no-notify', about: 'tell no channel of the candidate' },
    { flags: '--back-merge', about: 'after a release: main back into develop, and no candidate' },
    { flags: '--resume', about: 'go on with the preparation that was interrupted' },
    { flags: '--abandon', about: 'give the interrupted preparation up, with --reason' },
    reason,
    wait,
    takeover,
  ],
  examples: [
    { line: 'release prepare v2.2.0 --plan', says: 'show branch, files, changelog and days' },
    { line: 'release prepare v2.2.0 --for 2026-12-08', says: 'show, ask, then push' },
    { line: 'release prepare v2.2.0', says: 'again: the next candidate' },
    { line: 'release prepare v2.0.4 --hotfix', says: 'a fix of what is live' },
    { line: 'release prepare --back-merge --plan', says: 'what main would bring back to develop' },
  ],
  takesEnv: false,
  takesPlan: true,
  exits: '0 prepared · 2 version, day or branch · 3 versions, freeze or history say no · 5 busy',
  stopsInStages: true,
};
