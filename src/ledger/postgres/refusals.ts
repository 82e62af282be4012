import { ReleaseError } from '../../domain/failure.ts';

/** Exit 1: without a record nothing may be done, so the run stops before its next effect (F45). */
export const refuseUnreachable = (where: string, error: ReleaseError, passedMs: number): ReleaseError =>
  new ReleaseError('E_LEDGER_UNREACHABLE', {
    what: `The ledger ${where} was not reached for ${Math.max(1, Math.round(passedMs / 1000))} s.`,
    why: [error.text.what, error.text.why].filter(Boolean).join(' '),
    next: 'Bring the connection back; release status then shows how far a run got, and --resume goes on with it.',
    state: 'unclear',
  });

/** Exit 5: others keep writing to the same scope. */
export const refuseBusy = (where: string): ReleaseError =>
  new ReleaseError('E_LEDGER_BUSY', {
    what: `The ledger ${where} stayed busy: others keep writing to it.`,
    next: 'release status shows who is at work. Then try again.',
    state: 'untouched',
  });

/** Exit 1: what was read or written a moment ago is not there any more, and what is there is another history. */
export const refuseReplaced = (where: string, why: string): ReleaseError =>
  new ReleaseError('E_LEDGER_REPLACED', {
    what: `The ledger ${where} is not the one that it was a moment ago.`,
    why,
    next: 'Find out who restored or exchanged that database, and put back the newer one; then: release status',
    state: 'unclear',
  });

/** Exit 1: the server forgot what it had acknowledged (F44). */
export const refuseLost = (where: string, scope: string, count: number): ReleaseError =>
  new ReleaseError('E_LEDGER_LOST', {
    what: `The ledger ${where} had lost the last ${count === 1 ? 'entry' : `${count} entries`} of ${scope}.`,
    why: 'They had been acknowledged: its server was replaced by one that did not have them yet, or was restored. They are in again.',
    next: 'Look at that server, then resume: what was begun and not ended is asked about first.',
    state: 'unclear',
  });

/** Exit 5: the server forgot who holds the lock, and gave the same number to somebody else (F44). */
export const refuseTwin = (scope: string, epoch: number): ReleaseError =>
  new ReleaseError('E_FENCED', {
    what: `Another run holds ${scope}.`,
    why: `Epoch ${epoch} was given to this run, and again to another after the server had lost that entry.`,
    next: 'release status shows who goes on. This run has stopped and does nothing more.',
    state: 'unclear',
  });

/** Exit 2: a newer program made the tables, and this one would misread them. */
export const refuseNewer = (where: string, found: number, known: number): ReleaseError =>
  new ReleaseError('E_LEDGER_NEWER', {
    what: `The ledger ${where} was made by a newer version of this program.`,
    why: `Its tables have version ${found}; this program knows version ${known}.`,
    next: 'Update this program to the version that your colleagues use.',
    state: 'untouched',
  });
