import { compareReleases, readVersion } from '../../domain/version.ts';
import { findOpenRun, foldRuns } from '../../ledger/fold.ts';
import { foldPreparations, type PreparedVersion } from '../../ledger/fold-preparations.ts';
import type { Prepared } from '../../report/prepared-text.ts';
import type { EnvStanding } from '../../report/status-text.ts';
import type { CliContext } from '../context.ts';
import { inOwnScope } from '../prepare/own-scope.ts';
import type { Wire } from '../wired.ts';
import { lookOrNothing } from './look-or-nothing.ts';

type Answering = Pick<EnvStanding, 'live' | 'byLedger' | 'isProtected'>;

const versionOf = ({ live, byLedger }: Answering): string =>
  live.known ? live.version : (byLedger?.version ?? '');

/** True while no protected environment has the version or a later one. */
function isUnderWay({ version }: PreparedVersion, standings: readonly Answering[]): boolean {
  const wanted = readVersion(version);
  const live = standings.filter(({ isProtected }) => isProtected).map((one) => readVersion(versionOf(one)));
  return wanted !== undefined && live.every((one) => one === undefined || compareReleases(wanted, one) > 0);
}

/** The work of T-7 is done with the candidate, also where the day was moved so far that it would be still to come. */
const withoutFirst = (one: PreparedVersion): PreparedVersion => ({
  ...one,
  days: one.days.filter(({ label }) => label !== 'T-7'),
});

/** Versions that are prepared and not released yet, and a preparation that is half way, by the record of preparations. */
export async function readPrepared(
  context: CliContext,
  wire: Wire,
  standings: readonly Answering[],
): Promise<Prepared> {
  const wired = await wire(context);
  try {
    const { events, failure, holder } = await lookOrNothing(inOwnScope(wired));
    const all = foldPreparations(events);
    const versions = all.filter((one) => isUnderWay(one, standings)).map(withoutFirst);
    // Whoever is at it right now goes on by themselves.
    const half = holder?.alive ? undefined : findOpenRun(foldRuns(events));
    const open = half?.plan.command === 'prepare' ? half : undefined;
    return {
      versions,
      known: all.map(({ version }) => version),
      ...(open ? { open } : {}),
      ...(failure === undefined ? {} : { unknown: failure.text.what }),
    };
  } finally {
    await wired.close();
  }
}
