/** The machine a ledger is written on, injected so that a test can be any machine. */
export interface Machine {
  readonly host: string;
  /** Changes with every start of the machine; empty when it cannot be known. */
  readonly boot: string;
  readonly pid: number;
  /** When the process with this id began, in the system's own words; undefined when there is none. */
  startOf(pid: number): string | undefined;
}

/** A process as no other one: a number alone comes again. Empty is what nobody could read. */
export interface ProcessMark {
  readonly host: string;
  readonly boot: string;
  readonly pid: number;
  readonly processStart: string;
}

/** Who wrote an epoch file. */
export interface EpochRecord extends ProcessMark {
  readonly epoch: number;
  readonly run: string;
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
  /** Set for a rollback, which no other rollback may push aside. */
  readonly preempt?: 'rollback';
}

/**
 * False only when it is certain that the holder is gone: this machine was started again since, or its process
 * ended (a new process with the same number has another start). A holder elsewhere counts as alive, and so does one
 * whose start nobody could read (F36, F37).
 */
export function mayBeAlive(record: ProcessMark, machine: Machine): boolean {
  if (record.host !== machine.host) return true;
  const knowsBoot = record.boot !== '' && machine.boot !== '';
  if (knowsBoot && record.boot !== machine.boot) return false;
  const start = machine.startOf(record.pid);
  if (record.processStart === '') return true;
  return start === record.processStart;
}

/**
 * True only when the same holds for a record that any machine may have written: two of them may have one name, so that
 * another boot proves nothing. After a restart of the machine its lock is taken over by a person.
 */
export function isCertainlyGone(record: EpochRecord, machine: Machine): boolean {
  if (record.boot === '' || record.boot !== machine.boot) return false;
  return !mayBeAlive(record, machine);
}

/** Reading it may start a program; it is needed for every append and never changes. */
export function rememberOwnStart(machine: Machine): Machine {
  const own = machine.startOf(machine.pid);
  return { ...machine, startOf: (pid) => (pid === machine.pid ? own : machine.startOf(pid)) };
}
