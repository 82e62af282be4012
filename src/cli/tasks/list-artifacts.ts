import { isReleaseError } from '../../domain/failure.ts';
import type { LedgerEvent } from '../../ledger/event.ts';
import { foldRuns } from '../../ledger/fold.ts';
import type { TaskList } from '../../ledger/fold-tasks.ts';
import { commitOf } from '../approvals/run-evidence.ts';
import type { Wired } from '../wired.ts';

/** Something of a release that is kept, by its name in the archive. */
export interface Artifact {
  readonly name: string;
  readonly text: string;
}

/** Every entry of the ledger that is about this release: its gates and sign-offs, its runs, watches, messages, tasks. */
function listEntries({ about, of }: TaskList, events: readonly LedgerEvent[]): readonly LedgerEvent[] {
  const runs = new Set(
    foldRuns(events)
      .filter(({ plan }) => plan.version === about || plan.from === about)
      .map(({ run }) => run),
  );
  return events.filter(
    ({ run, data }) =>
      runs.has(run) || ('version' in data && data.version === about) || ('of' in data && data.of === of),
  );
}

/** Paths of reports as they are configured. */
const listPatterns = ({ evidence }: Wired['runbook']): readonly string[] =>
  [
    ...(evidence?.e2e?.files ?? []),
    evidence?.audit?.file,
    evidence?.audit?.production,
    ...(evidence?.scans?.files ?? []),
    ...(evidence?.benchmarks?.k6 ?? []),
    ...(evidence?.benchmarks?.lighthouse ?? []),
  ].flatMap((path) => path ?? []);

async function readReports(path: string, { services }: Wired): Promise<readonly Artifact[] | undefined> {
  try {
    const found = await services.reports.read(path);
    return found.map((file) => ({ name: file.path, text: file.text }));
  } catch (error) {
    if (isReleaseError(error, 'E_REPORT_MISSING')) return undefined;
    throw error;
  }
}

/**
 * What is to be kept of a release: its part of the ledger, and the reports it went out with. `missing`: reports that are configured
 * and not on this machine. Throws E_REPORT_UNREADABLE.
 */
export async function listArtifacts(
  list: TaskList,
  events: readonly LedgerEvent[],
  wired: Wired,
): Promise<{ readonly artifacts: readonly Artifact[]; readonly missing: readonly string[] }> {
  const release = foldRuns(events).find(({ run }) => run === list.of);
  const fill = (path: string): string =>
    path.replaceAll('{version}', list.about).replaceAll('{commit}', release ? commitOf(release) : '');
  const found = await Promise.all(
    listPatterns(wired.runbook).map(async (pattern) => {
      const path = fill(pattern);
      return { path, files: await readReports(path, wired) };
    }),
  );
  const entries = listEntries(list, events).map((event) => `${JSON.stringify(event)}\n`);
  return {
    artifacts: [
      { name: 'ledger.jsonl', text: entries.join('') },
      ...found.flatMap(({ files = [] }) => files),
    ],
    missing: found.flatMap(({ path, files }) => (files === undefined ? [path] : [])),
  };
}
