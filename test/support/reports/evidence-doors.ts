import type { Services } from '../../../src/kit.ts';
import { missingReport } from '../../../src/services/reports/refusals.ts';
import { onlyThese } from '../policy.ts';

export const CANDIDATE = 'c'.repeat(40);
const CANDIDATE_AT = '2026-11-24T10:00:00.000Z';
/** Half an hour after the candidate was made. */
const REPORTED_AT = '2026-11-24T10:30:00.000Z';

export const release = { version: 'v2.1.0', branch: 'release/v2.1.0', commit: CANDIDATE };

interface Given {
  /** When every file was last written. */
  readonly at?: string;
  /** Paths that differ between the candidate and the commit of a report. */
  readonly changed?: readonly string[];
  /** Files of the candidate. */
  readonly tree?: Readonly<Record<string, string>>;
  /** Files of any other commit. Default: those of the candidate. */
  readonly before?: Readonly<Record<string, string>>;
}

const MANIFEST = { 'package.json': '{"version":"2.1.0"}' };

/** Services that have these reports, by path. */
export const doorsOf = (files: Readonly<Record<string, unknown>>, given: Given = {}): Services =>
  onlyThese({
    reports: {
      read: async (path) => {
        const found = files[path];
        if (found === undefined) throw missingReport(path);
        const text = typeof found === 'string' ? found : JSON.stringify(found);
        return [{ path, at: given.at ?? REPORTED_AT, text }];
      },
    },
    git: {
      committedAt: async (commit) => (commit === CANDIDATE ? CANDIDATE_AT : undefined),
      changedFiles: async () => given.changed,
      readFile: async (commit, path) => {
        const tree = commit === CANDIDATE ? given.tree : (given.before ?? given.tree);
        const files: Readonly<Record<string, string>> = { ...MANIFEST, ...tree };
        return files[path];
      },
    },
  });
