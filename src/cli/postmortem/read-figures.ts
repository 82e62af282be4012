import { hours } from '../../domain/duration.ts';
import { ReleaseError } from '../../domain/failure.ts';
import { type Incident, runsOf } from '../../ledger/find-incident.ts';
import { FigureCollector } from '../../report/postmortem/metrics/collect-figures.ts';
import type { Figures } from '../../report/postmortem/metrics/figures.ts';
import { joinLines } from '../../report/postmortem/metrics/join-lines.ts';
import type { CliContext } from '../context.ts';
import { listRecords, ranAhead } from '../watch/list-records.ts';
import { readTickFile } from '../watch/read-tick-file.ts';
import type { Wired } from '../wired.ts';

/** What was measured, and what of it is left out. */
export interface Measured {
  readonly figures: Figures;
  readonly warnings: readonly string[];
}

const BEFORE_MS = hours(1);
const AFTER_MS = hours(2);
/** From an hour before the incident to two hours after it: what is measured then still belongs to it. */
const makeCollector = ({ deploy, rollback }: Incident): FigureCollector =>
  new FigureCollector({
    from: Date.parse((deploy ?? rollback).startedAt) - BEFORE_MS,
    to: Date.parse(rollback.endedAt ?? rollback.lastAt) + AFTER_MS,
  });

const nothingIn = (file: string): ReleaseError =>
  new ReleaseError('E_TICKS', {
    what: `${file} has no errors (error-percent) and no P95 (p95-ms) of the time of this incident.`,
    next: 'Name a file that has them; docs/ticks.md says how its lines look.',
    state: 'untouched',
  });

async function readNamed(incident: Incident, file: string, cwd: string): Promise<Measured> {
  const collector = makeCollector(incident);
  await readTickFile({ cwd, file, stdin: process.stdin }, (tick) => collector.take(tick));
  const figures = collector.figures();
  if (figures.length === 0) throw nothingIn(file);
  return { figures, warnings: [] };
}

/** The record of a watch; undefined where its clock ran ahead of this machine's: its times are not those of the ledger. */
async function readOwn(incident: Incident, file: string, cwd: string): Promise<Figures | undefined> {
  const collector = makeCollector(incident);
  const own = { cwd, file, stdin: process.stdin, mayBeCut: true, mayGoBack: true };
  await readTickFile(own, (tick) => collector.take(tick));
  return ranAhead(file, collector.lastAt) ? undefined : collector.figures();
}

/**
 * What was measured during an incident: from the file that --ticks names (`-`: the pipe), else from the watches of both runs
 * on this machine; empty where there is none. Throws E_TICKS for a named file that is none, or has nothing of the incident.
 */
export async function readFigures(
  incident: Incident,
  named: string | undefined,
  { cwd }: Pick<CliContext, 'cwd'>,
  wired: Wired,
): Promise<Measured> {
  if (named !== undefined) return readNamed(incident, named, cwd);
  const files = runsOf(incident).flatMap(({ run }) => listRecords(run, wired));
  const lines: Figures[number][] = [];
  const warnings: string[] = [];
  for (const file of files) {
    const own = await readOwn(incident, file, cwd);
    if (own === undefined)
      warnings.push(`${file} is left out: that watch ran faster than the clock (--time-scale).`);
    lines.push(...(own ?? []));
  }
  return { figures: joinLines(lines), warnings };
}
