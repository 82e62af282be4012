import { ReleaseError } from '../../domain/failure.ts';
import { oneLine } from '../../domain/screen-text.ts';

/** There is no such report. */
export const missingReport = (path: string): ReleaseError =>
  new ReleaseError('E_REPORT_MISSING', {
    what: `There is no ${oneLine(path, 120)}.`,
    next: 'Make the report, or correct its path under evidence.',
    state: 'untouched',
  });

/** There is something, and it is not read. `why` is ours or a code of the system, never foreign text. */
export const unreadableReport = (path: string, why: string): ReleaseError =>
  new ReleaseError('E_REPORT_UNREADABLE', {
    what: `${oneLine(path, 120)} was not read: ${why}.`,
    next: 'Make the report again, as a plain file beside the configuration.',
    state: 'untouched',
  });
