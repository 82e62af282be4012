import { isReleaseError } from '../../domain/failure.ts';
import type { DriftReport } from '../../kit/drift/make-drift-report.ts';
import type { DriftIssue } from '../../report/drift-issue.ts';
import type { Ticket } from '../../services/github/port.ts';
import type { Wired } from '../wired.ts';

/** What became of a ticket that somebody asked for. */
export type Ticketed =
  | { readonly is: 'opened' | 'there-already'; readonly ticket: Ticket }
  /** `why` is missing where no tracker is configured: then nobody expected one. */
  | { readonly is: 'not-opened'; readonly why?: string };

/** One for each set of changes of an environment; nobody sees it, and a search finds it. */
const markerOf = ({ digest }: DriftReport, { scope }: Wired): string => `release-drift ${scope} ${digest}`;

function sayFailure(error: unknown): Ticketed {
  if (!isReleaseError(error)) throw error;
  // Without a token it is as if no tracker were configured.
  if (error.code === 'E_SECRET_MISSING') return { is: 'not-opened' };
  const { what, state, next } = error.text;
  const doubt = state === 'unclear' ? ', as far as anybody can tell; look before you open one' : '';
  return { is: 'not-opened', why: `Ticket not opened${doubt}: ${what} ${next}` };
}

/**
 * Opens the ticket at GitHub, where that is configured; while one with the same changes is open, it is that one. Never throws for
 * GitHub's sake: what was found does not depend on the tracker.
 */
export async function openDriftTicket(
  report: DriftReport,
  { title, body }: DriftIssue,
  wired: Wired,
): Promise<Ticketed> {
  if (!wired.configured.has('github')) return { is: 'not-opened' };
  const marker = markerOf(report, wired);
  try {
    const order = { title, body: `${body}\n\n<!-- ${marker} -->\n`, marker };
    const { ticket, isNew } = await wired.services.github.openTicket(order);
    return { is: isNew ? 'opened' : 'there-already', ticket };
  } catch (error) {
    return sayFailure(error);
  }
}
