import { type FoldedLines, placeLines, type RunLine } from './fold-lines.ts';

/** A run that was cut off is open only until the next one: nobody can go on with it after that. */
function closeDoor<T extends RunLine>(run: T, index: number, runs: readonly T[]): T {
  const next = runs[index + 1];
  if (run.end !== 'open' || next === undefined) return run;
  const said = `cut off; ${next.plan.command} ${next.plan.version} came after it`;
  return { ...run, end: 'abandoned', said };
}

/** By their beginning, oldest first; those of one moment stay as they stand. */
export const byBeginning = <T extends Pick<RunLine, 'startedAt'>>(runs: readonly T[]): readonly T[] =>
  [...runs].sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));

/** The runs of one record as people are shown them. */
export const showRuns = <T extends RunLine>(runs: readonly T[]): readonly T[] =>
  byBeginning(runs.map((run, index) => closeDoor(run, index, runs)));

/** The same of lines. */
export const showLines = (folded: FoldedLines): readonly RunLine[] => showRuns(placeLines(folded));

/** Which lines are wanted: of one version or of all, and how many of the newest. */
export interface WantedLines {
  readonly version?: string | undefined;
  readonly most: number;
}

export interface PickedLines<T extends RunLine = RunLine> {
  /** How many there are in all. */
  readonly total: number;
  readonly runs: readonly T[];
}

/** The newest of the wanted ones. */
export function pickLines<T extends RunLine>(
  shown: readonly T[],
  { version, most }: WantedLines,
): PickedLines<T> {
  const wanted = version === undefined ? shown : shown.filter(({ plan }) => plan.version === version);
  return { total: wanted.length, runs: wanted.slice(Math.max(0, wanted.length - most)) };
}
