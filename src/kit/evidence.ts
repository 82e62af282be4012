import { isReleaseError, ReleaseError } from '../domain/failure.ts';
import { type Candidate, findStaleness } from '../domain/reports/find-staleness.ts';
import type { Parsed } from '../domain/reports/parsed.ts';
import { oneLine } from '../domain/screen-text.ts';
import type { GitPort } from '../services/git/port.ts';
import type { ReportFile, ReportsPort } from '../services/reports/port.ts';
import type { Scope } from './check.ts';
import { listRealChanges } from './list-real-changes.ts';

/** A report about the candidate. */
export interface Evidence<T> {
  readonly path: string;
  readonly at: string;
  /** The commit it names; undefined when it names none and is only known to be newer than the candidate. */
  readonly commit?: string;
  readonly report: T;
}

/** What a report may say about itself. */
type SelfTold = { readonly commit?: string | undefined; readonly at?: string | undefined };

interface EvidenceOrder<T> {
  /** As they are configured. */
  readonly files: readonly string[];
  readonly parse: (text: string) => Parsed<T>;
  /** The command that makes the report of a path anew. */
  readonly renew: (path: string) => string;
  readonly maxAgeHours?: number;
}

interface Doors {
  readonly git: Pick<GitPort, 'committedAt' | 'changedFiles' | 'readFile'>;
  readonly reports: ReportsPort;
}

type Asked = Pick<Scope, 'release' | 'runbook' | 'now'>;

const noCandidate = (): ReleaseError =>
  new ReleaseError('E_CANDIDATE_UNKNOWN', {
    what: 'The commit of the candidate is not known, so no evidence can be bound to it.',
    next: 'Name the version, and make sure that its branch can be read: release preflight v2.1.0 --only source.release-branch',
    state: 'untouched',
  });

/** The commit that is to be released, and its time. Throws E_CANDIDATE_UNKNOWN. */
export async function findCandidate(
  { git }: { readonly git: Pick<GitPort, 'committedAt'> },
  { release }: Pick<Scope, 'release'>,
): Promise<Candidate> {
  const commit = release?.commit;
  const at = commit === undefined ? undefined : await git.committedAt(commit);
  if (commit === undefined || at === undefined) throw noCandidate();
  return { commit, at };
}

const badReport = (code: `E_${string}`, path: string, why: string, renew: string): ReleaseError =>
  new ReleaseError(code, {
    what: `${oneLine(path, 120)} proves nothing: ${why}.`,
    next: renew,
    state: 'untouched',
  });

/** A release changes version and changelog after the tests; nothing else may differ (E-39). */
const isSameSource = async (
  { git }: Doors,
  { source }: Asked['runbook'],
  from: string,
  to: string,
): Promise<boolean> => (await listRealChanges(git, source, from, to))?.length === 0;

async function bind<T extends SelfTold>(
  file: ReportFile,
  isNamed: boolean,
  candidate: Candidate,
  doors: Doors,
  asked: Asked,
  order: EvidenceOrder<T>,
): Promise<Evidence<T>> {
  const read = order.parse(file.text);
  if (!read.ok) throw badReport('E_REPORT_SHAPE', file.path, read.flaw, order.renew(file.path));
  const told = read.report.commit ?? (isNamed ? candidate.commit : undefined);
  const about = { at: read.report.at ?? file.at, ...(told === undefined ? {} : { commit: told }) };
  const isOther = told !== undefined && told !== candidate.commit;
  const isSame = isOther && (await isSameSource(doors, asked.runbook, told, candidate.commit));
  const why = findStaleness(about, candidate, isSame, asked.now, order.maxAgeHours);
  if (why !== undefined) throw badReport('E_REPORT_STALE', file.path, why, order.renew(file.path));
  return { path: file.path, ...about, report: read.report };
}

const readFiles = async (
  { reports }: Doors,
  path: string,
  renew: (path: string) => string,
): Promise<readonly ReportFile[]> => {
  try {
    return await reports.read(path);
  } catch (error) {
    // The port cannot know how the report is made; whoever reads this can do it at once.
    if (!isReleaseError(error, 'E_REPORT_MISSING')) throw error;
    throw new ReleaseError(error.code, { ...error.text, next: renew(path) });
  }
};

/**
 * Reports about the candidate, each read, understood and bound to its commit; by time alone where a report names no
 * commit. Throws E_REPORT_MISSING, E_REPORT_UNREADABLE, E_REPORT_SHAPE or E_REPORT_STALE with the command that renews
 * it, E_CANDIDATE_UNKNOWN when there is no commit to bind to.
 */
export async function readEvidence<T extends SelfTold>(
  doors: Doors,
  asked: Asked,
  order: EvidenceOrder<T>,
): Promise<readonly Evidence<T>[]> {
  const candidate = await findCandidate(doors, asked);
  const all: Evidence<T>[] = [];
  for (const pattern of order.files) {
    const path = pattern
      .replaceAll('{version}', asked.release?.version ?? '')
      .replaceAll('{commit}', candidate.commit);
    for (const file of await readFiles(doors, path, order.renew))
      all.push(await bind(file, pattern.includes('{commit}'), candidate, doors, asked, order));
  }
  return all;
}
