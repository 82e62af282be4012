// Flags of more than one command.

export const reason = { flags: '--reason <text>', about: 'why; recorded and shown everywhere' };
const acceptConfig = {
  flags: '--accept-config',
  about: 'with --resume: go on although the configuration has changed',
};
const vouch = {
  flags: '--vouch <step>',
  about: 'with --resume: it stands by your word, nobody is asked; with --reason',
  repeat: true as const,
};
export const wait = {
  flags: '--wait <time>',
  about: 'when somebody is at work: wait so long for them, like 15m',
};
export const takeover = {
  flags: '--takeover',
  about: 'take the lock from somebody who may be at work, with --reason',
};
export const localLedger = {
  flags: '--local-ledger',
  about: 'although the ledger is in files that only this machine has',
};
export const waive = {
  flags: '--waive <check>',
  about: 'accept one finding, with --reason; "window": a closed window',
  repeat: true as const,
};

export const until = {
  flags: '--until <date>',
  about: 'with --waive: it stands for later runs, 30 days at most',
};

/** Of commands that go on with a run. */
export const resuming = [acceptConfig, vouch];
