import { ReleaseError } from '../../domain/failure.ts';
import { AGAIN } from '../again.ts';

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && !(error instanceof ReleaseError)
    ? (error as NodeJS.ErrnoException).code
    : undefined;

const trouble = (doing: 'read' | 'written', path: string, code: string): ReleaseError =>
  doing === 'read'
    ? new ReleaseError('E_LEDGER_UNREADABLE', {
        what: `The ledger in ${path} cannot be read: ${code}.`,
        next: 'Look at its owner and rights.',
        state: 'untouched',
      })
    : new ReleaseError('E_LEDGER_WRITE', {
        what: `The ledger could not be written: ${code}.`,
        why: `Without a record nothing may be done. It is kept in ${path}.`,
        next: `Correct its owner and rights, or make room on the disk; then ${AGAIN}.`,
        state: 'partly-done',
      });

/** Does `work`; what the disk says against it is thrown as E_LEDGER_UNREADABLE or E_LEDGER_WRITE (F16, F17). */
export async function tellDiskTrouble<T>(
  doing: 'read' | 'written',
  path: string,
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    throw code === undefined ? error : trouble(doing, path, code);
  }
}
