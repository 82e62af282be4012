import { ReleaseError } from '../../domain/failure.ts';
import type { CommandOptions } from '../command.ts';
import { parseUntil } from '../parse-until.ts';

/** What `release drift` was asked to do beside looking. */
export interface DriftRequest {
  /** Run of another baseline to compare with. */
  readonly since?: string;
  readonly accept?: { readonly reason: string; readonly until?: string };
  readonly notify: boolean;
  readonly issue: boolean;
}

const refuse = (code: 'E_ARGUMENTS' | 'E_REASON_MISSING', what: string, next: string) =>
  new ReleaseError(code, { what, next, state: 'untouched' });

const IN_FULL = 'release drift --accept --reason "…" [--until 2026-12-31]';

const textOf = (value: CommandOptions[string]): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

function readAccept(options: CommandOptions, zone: string, now: Date): DriftRequest['accept'] {
  const [reason, until] = [textOf(options.reason), textOf(options.until)];
  if (options.accept !== true) {
    if (reason === undefined && until === undefined) return undefined;
    throw refuse('E_ARGUMENTS', '--reason and --until belong to --accept.', IN_FULL);
  }
  if (reason === undefined)
    throw refuse(
      'E_REASON_MISSING',
      'drift --accept needs a reason.',
      'Add --reason "…": it is shown with the baseline.',
    );
  return { reason, ...(until === undefined ? {} : { until: parseUntil(until, zone, now) }) };
}

/** The flags, checked. Throws E_ARGUMENTS, E_UNTIL, E_REASON_MISSING (exit 2). */
export function readDriftRequest(options: CommandOptions, zone: string, now: Date): DriftRequest {
  const accept = readAccept(options, zone, now);
  const since = textOf(options.since);
  const [notify, issue] = [options.notify === true, options.issue === true];
  if (since !== undefined && (accept !== undefined || notify || issue))
    throw refuse(
      'E_ARGUMENTS',
      '--since only shows; it goes with no --accept, --notify or --issue.',
      `release drift --since ${since}`,
    );
  return { notify, issue, ...(accept ? { accept } : {}), ...(since === undefined ? {} : { since }) };
}
