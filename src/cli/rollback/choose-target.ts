import { ReleaseError } from '../../domain/failure.ts';
import { compareReleases, parseReleaseVersion, type Version } from '../../domain/version.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { CliContext } from '../context.ts';
import { readLive } from '../facts/read-deploy-facts.ts';
import { listReleased } from '../facts/read-rollback-facts.ts';
import type { Wired } from '../wired.ts';

const MOST = 5;

const nowhere = (): ReleaseError =>
  new ReleaseError('E_VERSION_UNKNOWN', {
    what: 'There is no earlier version to go back to.',
    why: 'No older release tag exists, or each of them was itself rolled back from.',
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

/** Versions that this ledger saw being rolled back from: nobody should be sent there (E-33). */
const findBad = (events: readonly LedgerEvent[]): ReadonlySet<string> =>
  new Set(
    foldRuns(events)
      .filter((run) => run.plan.command === 'rollback' && run.plan.from !== run.plan.version)
      .map((run) => run.plan.from),
  );

/** Released versions older than the live one that were not themselves rolled back from, newest first. */
async function listGood(wired: Wired): Promise<readonly Version[]> {
  await wired.services.git.sync();
  const [released, live, events] = await Promise.all([
    listReleased(wired.services.git),
    readLive(wired),
    wired.ledger.read(wired.scope),
  ]);
  const bad = findBad(events);
  const older = (version: Version): boolean =>
    live === undefined || compareReleases(version, live.version) < 0;
  return released.filter((version) => older(version) && !bad.has(version)).slice(0, MOST);
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
