import { ReleaseError } from '../../domain/failure.ts';
import { AFTER } from '../../domain/handoff/after.ts';
import { parseReleaseVersion } from '../../domain/version.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { foldWeek, type Week } from '../../ledger/fold-week.ts';
import type { Wired } from '../wired.ts';
import { listAfterFiles } from './list-after-files.ts';
import type { Meeting } from './meeting.ts';
import { proveFigures } from './prove-figures.ts';
import { proveItems } from './prove-items.ts';
import { proveRun } from './prove-run.ts';
import { proveSetup } from './prove-setup.ts';

const notLive = (typed: string | undefined, week: Week | undefined): ReleaseError =>
  new ReleaseError('E_HANDOFF_SUBJECT', {
    what: `"after" belongs to a finished deploy; ${typed === undefined ? 'no version' : typed} is ${typed === undefined ? '' : 'not '}live by the ledger.`,
    why: week === undefined ? 'No run has brought anything to users.' : `${week.version} is.`,
    next:
      week === undefined
        ? `release handoff before ${typed ?? ''}`.trim()
        : `release handoff after ${week.version}`,
    state: 'untouched',
  });

/** Operations to on-call (HOO rows): what the ledger, the watch and the configuration say of what is live. */
export async function readAfter(
  typed: string | undefined,
  events: readonly LedgerEvent[],
  asked: { readonly withPhones: boolean },
  wired: Wired,
): Promise<Meeting> {
  const version = typed === undefined ? undefined : parseReleaseVersion(typed);
  const week = foldWeek(events, wired.runbook.monitoring);
  if (week === undefined || (version !== undefined && version !== week.version)) throw notLive(version, week);
  const facts = {
    ...proveSetup(week.version, wired),
    ...proveFigures(week, wired),
    ...(await proveRun(week, foldRuns(events), wired)),
  };
  return {
    kind: 'after',
    version: week.version,
    subject: week.release.run,
    about: `${week.version} on ${wired.env}, run ${week.release.run}`,
    items: AFTER,
    proofs: proveItems(AFTER, new Map(), facts),
    commit: typeof week.release.plan.basis.branch === 'string' ? week.release.plan.basis.branch : '',
    files: (standings) => listAfterFiles(week, standings, asked, wired),
    warnings: [],
  };
}
