/** Exit codes of the program (architecture.md section 7). No non-zero code ever means success. */
export const EXIT = {
  ok: 0,
  broke: 1,
  usage: 2,
  no: 3,
  credentials: 4,
  busy: 5,
  reverted: 6,
  unsafe: 7,
  rollBack: 8,
  stopped: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One line for each code, as `release help exit-codes` shows it. */
export const EXIT_MEANINGS: readonly {
  readonly code: ExitCode;
  readonly word: string;
  readonly means: string;
}[] = [
  { code: 0, word: 'ok', means: 'done, GO, healthy, clean' },
  { code: 1, word: 'error', means: 'something broke; release status says how far it got' },
  { code: 2, word: 'usage', means: 'wrong flag, name or configuration; nothing was done' },
  { code: 3, word: 'no', means: 'the answer is no, or could not be established' },
  { code: 4, word: 'credentials', means: 'a secret is missing or was refused' },
  { code: 5, word: 'busy', means: 'another run holds the lock, or took this one over' },
  { code: 6, word: 'reverted', means: 'the deploy failed; the previous version is back, verified' },
  { code: 7, word: 'unsafe', means: 'a person is needed: production is not known to be good' },
  { code: 8, word: 'roll back', means: 'watching: a rule says roll back' },
  { code: 130, word: 'stopped', means: 'stopped by Ctrl-C; a run can be resumed' },
  { code: 143, word: 'terminated', means: 'stopped by SIGTERM; a run can be resumed' },
];
