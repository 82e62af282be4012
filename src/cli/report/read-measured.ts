import { ReleaseError } from '../../domain/failure.ts';
import type { Story } from '../../ledger/find-story.ts';
import { type Measured, SeriesCollector } from '../../report/measured/collect-series.ts';
import type { CliContext } from '../context.ts';
import { listRecords } from '../watch/list-records.ts';
import { readRecord, type WatchRecord } from '../watch/read-record.ts';
import { readTickFile } from '../watch/read-tick-file.ts';
import type { Wired } from '../wired.ts';

const nothingIn = (file: string): ReleaseError =>
  new ReleaseError('E_TICKS', {
    what: `${file} has no measurement.`,
    next: 'Name a file that has some; docs/ticks.md says how its lines look.',
    state: 'untouched',
  });

async function readNamed(file: string, cwd: string): Promise<readonly Measured[]> {
  const collector = new SeriesCollector();
  await readTickFile({ cwd, file, stdin: process.stdin }, (tick) => collector.take(tick));
  const measured = collector.measured(true);
  if (measured === undefined) throw nothingIn(file);
  return [measured];
}

/** Records by one clock, as one; empty where nothing was measured. */
function collect(records: readonly WatchRecord[]): readonly Measured[] {
  const collector = new SeriesCollector();
  for (const record of records) {
    record.each((tick) => collector.take(tick));
    collector.endRecord();
  }
  return [collector.measured(records.every(({ isOfLedger }) => isOfLedger)) ?? []].flat();
}

/**
 * What was measured: from the file that --ticks names (`-`: the pipe), else from the watches of the story's runs on this machine. Those
 * that ran by the clock of the ledger are one; each that ran ahead of it stands by itself. Throws E_TICKS for a named file that is
 * none, or has nothing.
 */
export async function readMeasured(
  { runs }: Story,
  named: string | undefined,
  { cwd }: Pick<CliContext, 'cwd'>,
  wired: Wired,
): Promise<readonly Measured[]> {
  if (named !== undefined) return readNamed(named, cwd);
  const records = runs.flatMap(({ run }) => listRecords(run, wired)).map(readRecord);
  const ahead = records.filter(({ isOfLedger }) => !isOfLedger);
  return [
    ...collect(records.filter(({ isOfLedger }) => isOfLedger)),
    ...ahead.flatMap((record) => collect([record])),
  ];
}
