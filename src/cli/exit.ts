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
