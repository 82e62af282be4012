import { carriesCandidates } from '../../config/carries-candidates.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { compareReleases, parseReleaseVersion, type Version } from '../../domain/version.ts';
import { findOpenRun, foldRuns, type RunState } from '../../ledger/fold.ts';
import { findBad } from '../../ledger/way-back.ts';
import { nameLive } from '../candidate/name-live.ts';
import { listTried } from '../candidate/read-trial-code.ts';
import type { CliContext } from '../context.ts';
import { askLive } from '../facts/ask-live.ts';
import { listReleased } from '../facts/list-released.ts';
import type { Wired } from '../wired.ts';

const MOST = 5;

const nowhere = (): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: 'There is no earlier version to go back to.',
    why: 'No older release tag exists, or each of them was rolled back from or never proven.',
    next: 'Name one with --to, or release the next version.',
    state: 'untouched',
  });

const sayWhere = (good: readonly Version[]): ReleaseError => {
  const [previous, ...others] = good;
  const also = others.length > 0 ? ` Also good: ${others.join(', ')}.` : '';
  return new ReleaseError('E_VERSION_MISSING', {
    what: 'rollback does not know where to.',
    next: `Say where to: --to ${previous} (previous).${also}`,
    state: 'untouched',
  });
};

/**
 * The version that a rollback leaves: the one a half-way deploy brings, else the live one. When the application does
 * not say what it is, the ledger's last change counts; empty when nobody knows.
 */
export function findLeft(runs: readonly RunState[], live: string | undefined): string {
  const open = findOpenRun(runs);
  if (open?.plan.command === 'deploy') return open.plan.version;
  if (live !== undefined) return live;
  const last = runs.findLast(({ plan }) => plan.command === 'deploy' || plan.command === 'rollback');
  if (last === undefined) return '';
  return last.plan.command === 'rollback' && last.end !== 'completed' ? last.plan.from : last.plan.version;
}

/** Released versions, and candidates where they are tried, older than the one that is left and not known to be bad, newest first. */
async function listGood(wired: Wired): Promise<readonly Version[]> {
  const isTrial = carriesCandidates(wired.runbook, wired.env);
  const [released, live, events] = await Promise.all([
    isTrial ? listTried(wired) : listReleased(wired.services.git),
    askLive(wired),
    wired.ledger.read(wired.scope),
  ]);
  const runs = foldRuns(events);
  const named = isTrial && live ? await nameLive(live, wired) : live?.version;
  const [bad, left] = [findBad(runs), findLeft(runs, named)];
  const isOlder = (version: Version): boolean => left === '' || compareReleases(version, left) < 0;
  return released.filter((version) => isOlder(version) && !bad.has(version)).slice(0, MOST);
}

/** The version that `--to` means; without it a person chooses, and a script is told what there is (exit 2). */
export async function chooseTarget(to: unknown, context: CliContext, wired: Wired): Promise<Version> {
  if (typeof to === 'string' && to !== 'previous') return parseReleaseVersion(to);
  const good = await listGood(wired);
  const [previous] = good;
  if (previous === undefined) throw nowhere();
  if (to === 'previous') return previous;
  if (!context.terminal.canAsk || context.flags.yes) throw sayWhere(good);
  const choices = good.map((version, i) => (i === 0 ? `${version} (previous)` : version));
  const chosen = await context.ask.choose({
    question: 'Back to which version?',
    flag: '--to <version>',
    choices,
  });
  return good[chosen] ?? previous;
}
