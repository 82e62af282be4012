import { isReleaseError } from '../../domain/failure.ts';
import type { Confirmation } from '../../domain/watch/judge-confirmation.ts';
import type { WatchVerdict } from '../../domain/watch/tally.ts';
import { foldRuns } from '../../ledger/fold.ts';
import { whyNotResolved } from '../../ledger/why-not-resolved.ts';
import { resolveIncidents } from '../status-page/resolve-incidents.ts';
import type { Wired } from '../wired.ts';
import type { Live } from './live.ts';

/** What became of the status page: lines for the end of the watch. */
interface PageTold {
  readonly said: readonly string[];
  readonly warnings: readonly string[];
}

const NOTHING: PageTold = { said: [], warnings: [] };

/** A watch that was killed behind its confirmation leaves the page for the next one to tell. */
function isConfirmed({ watched }: Live, confirmation: Confirmation | undefined): boolean {
  if (watched.plan?.command !== 'rollback' || watched.facts['status-resolved'] !== undefined) return false;
  const known = watched.facts.confirmation as unknown as Confirmation | undefined;
  return (confirmation ?? known)?.outcome === 'confirmed';
}

async function resolve(base: Wired): Promise<PageTold> {
  const runs = foldRuns(await base.ledger.read(base.scope));
  const why = whyNotResolved(runs);
  if (why !== undefined) return { said: [], warnings: [`The status page is not told "resolved": ${why}.`] };
  const told = await resolveIncidents(base, runs, 'the watch that confirmed it');
  return told.length === 0 ? NOTHING : { said: ['  ✔ status page   resolved'], warnings: [] };
}

/**
 * Tells the status page that it is over, when real traffic has confirmed the rollback (RBX-7.2). A page that is not reached
 * is a warning with the line that says it later; it changes nothing of what the watch found.
 */
export async function resolvePage(
  live: Live,
  verdict: WatchVerdict,
  confirmation: Confirmation | undefined,
): Promise<PageTold> {
  const { base } = live;
  if (!base.configured.has('statuspage') || verdict !== 'healthy') return NOTHING;
  if (!isConfirmed(live, confirmation)) return NOTHING;
  try {
    return await resolve(base);
  } catch (error) {
    if (!isReleaseError(error)) throw error;
    const line = `release status-page --resolve --env ${base.env}`;
    return {
      said: [],
      warnings: [`The status page is not told "resolved". ${error.text.what} Later: ${line}`],
    };
  }
}
