import { readE2e } from '../../src/domain/reports/read-e2e.ts';
import { isCandidate, type Version } from '../../src/domain/version.ts';
import {
  defineCheck,
  findCandidate,
  listRealChanges,
  ReleaseError,
  readEvidence,
  type Scope,
  type Services,
} from '../../src/kit.ts';

/** A commit that was tested, and what the candidate has changed since. */
interface Tested {
  /** `v2.1.0-rc.2`, or the path of a report. */
  readonly name: string;
  readonly commit: string;
  readonly changed: readonly string[];
}

type Doors = Pick<Services, 'git' | 'reports'>;

const MOST = 5;

const notThere = (name: string): ReleaseError =>
  new ReleaseError('E_GIT', {
    what: `The commit of ${name} could not be compared with the candidate.`,
    next: 'Ask again; git may have been too slow.',
    state: 'untouched',
  });

/** The newest candidate of the version, and what differs from it but version and changelog. */
async function readTag({ git }: Doors, scope: Scope, commit: string): Promise<readonly Tested[]> {
  const version = scope.release?.version ?? '';
  if (isCandidate(version as Version)) return [];
  const name = (await git.versions()).find((one) => one.startsWith(`${version}-rc.`));
  const tag = name === undefined ? undefined : await git.tag(name);
  if (name === undefined || tag === undefined) return [];
  const changed = await listRealChanges(git, scope.runbook.source, tag.commit, commit);
  if (changed === undefined) throw notThere(name);
  return [{ name, commit: tag.commit, changed }];
}

/** Reports of end-to-end tests that name a commit; one that holds other files is refused as stale. */
async function readReports(doors: Doors, scope: Scope): Promise<readonly Tested[]> {
  const settings = scope.runbook.evidence?.e2e;
  if (settings === undefined) return [];
  const renew = (): string => settings.renew ?? 'Run the end-to-end tests on the candidate again.';
  const reports = await readEvidence(doors, scope, { files: settings.files, parse: readE2e, renew });
  return reports.flatMap(({ path, commit }) =>
    commit === undefined ? [] : [{ name: path, commit, changed: [] }],
  );
}

const noTest = (): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: 'Nothing names the commit that was tested: no candidate is tagged, and no report says it.',
    next: 'Tag the candidate (release prepare), or let the report name its commit: docs/evidence.md',
    state: 'untouched',
  });

/** What goes out must be what was tested, but for version and changelog (E-39). */
export default defineCheck({
  id: 'source.tested-tree',
  title: 'What is released is what was tested',
  runbook: ['PRE-06', 'PRE-08', 'DAY-19'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git', 'reports'],
  absent: ({ release }) => (release ? undefined : 'no version was named'),
  probe: async (services, scope) => {
    const candidate = await findCandidate(services, scope);
    const tags = await readTag(services, scope, candidate.commit);
    // A difference is known; whether the reports can be read does not change it.
    if (tags.some(({ changed }) => changed.length > 0)) return tags;
    const tested = [...tags, ...(await readReports(services, scope))];
    if (tested.length === 0 && scope.runbook.evidence?.e2e !== undefined) throw noTest();
    return tested;
  },
  judge: (tested) => {
    const other = tested.find(({ changed }) => changed.length > 0);
    if (other !== undefined) {
      const { name, changed } = other;
      const more = changed.length > MOST ? ` and ${changed.length - MOST} more` : '';
      return {
        outcome: 'fail',
        said: `${name} was tested, and the candidate differs in ${changed.slice(0, MOST).join(', ')}${more}`,
        remedy: 'Tag the candidate anew, put it on staging and test it; then release exactly that.',
        evidence: { changed: changed.slice(0, 100) },
      };
    }
    if (tested.length === 0)
      return {
        outcome: 'warn',
        said: 'no candidate is tagged, so nothing shows that this was tested',
        remedy: 'release prepare tags candidates.',
      };
    return { outcome: 'pass', said: `the same files as ${tested.map(({ name }) => name).join(', ')}` };
  },
});
