import { foldRuns, type RunState } from '../../ledger/fold.ts';
import { pickLines, showRuns, type WantedLines } from '../../ledger/show-lines.ts';
import { sayHistory } from '../../report/history-text.ts';
import { saySteps, tabulateSteps } from '../../report/steps-text.ts';
import type { CliContext } from '../context.ts';
import type { Viewed } from '../wiring/open-view.ts';
import { lastOf, type Seen } from './read-lines.ts';

/** The runs of one record with all of their steps, which nobody remembers: every entry is proven. */
export async function readRuns({ record }: Viewed, wanted: WantedLines): Promise<Seen<RunState>> {
  const { events, unreached } = await record.since();
  const away = unreached === undefined ? {} : { unreached };
  return { ...pickLines(showRuns(foldRuns(events)), wanted), seenAt: lastOf(events), ...away };
}

/** Each run with its steps below it; in a pipe the steps alone. */
export function sayBySteps(runs: readonly RunState[], { terminal }: CliContext, zone: string): string {
  if (!terminal.stdoutIsTty) return runs.flatMap(tabulateSteps).join('\n');
  return runs
    .flatMap((run) => [sayHistory([run], zone, terminal), ...saySteps(run, zone, terminal), ''])
    .join('\n')
    .trimEnd();
}
