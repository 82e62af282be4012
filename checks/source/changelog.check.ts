import { pullsIn } from '../../src/domain/prepare/list-changes.ts';
import { findSection } from '../../src/domain/release-notes.ts';
import { defineCheck, ReleaseError } from '../../src/kit.ts';

const needs = (what: string): ReleaseError =>
  new ReleaseError('E_VERSION_MISSING', { what, next: 'release preflight v2.1.0', state: 'untouched' });

/** What users are told comes from this section: a change that it lacks is one that nobody announces. */
export default defineCheck({
  id: 'source.changelog',
  title: 'Changelog names what the release brings',
  runbook: ['HOP-02', 'PRE-05'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['git'],
  absent: ({ release }) => (release?.commit ? undefined : 'no version was named'),
  probe: async ({ git }, { release, runbook }) => {
    if (release?.commit === undefined)
      throw needs('No version was named, so there is no section to look for.');
    const text = await git.readFile(release.commit, runbook.source.changelog);
    const before = release.from ? await git.tag(release.from as `v${string}`) : undefined;
    const commits = before ? await git.commitsBetween(before.commit, release.commit) : [];
    return { file: runbook.source.changelog, text, subjects: commits.map((commit) => commit.subject) };
  },
  judge: ({ file, text, subjects }, { release }) => {
    const version = release?.version ?? '';
    if (text === undefined)
      return { outcome: 'fail', said: `there is no ${file}`, remedy: 'Write it; release prepare will.' };
    const section = findSection(text, version).filter((line) => line.trim() !== '');
    if (!section.some((line) => /^\s*[-*]\s/.test(line)))
      return {
        outcome: 'fail',
        said: `${file} says nothing about ${version}`,
        remedy: `Add a section "## [${version.replace(/^v/, '')}]" on the release branch.`,
      };
    const named = new Set(
      section.flatMap((line) => [...line.matchAll(/#(\d{1,9})\b/g)].map(([, n]) => Number(n))),
    );
    const missing = [...new Set(subjects.flatMap(pullsIn))]
      .filter((pull) => !named.has(pull))
      .sort((a, b) => a - b);
    if (missing.length > 0)
      return {
        outcome: 'fail',
        said: `${file} does not name ${missing.map((pull) => `#${pull}`).join(', ')}`,
        remedy: `Add them to the section of ${version}, or say there that they change nothing for users.`,
      };
    return {
      outcome: 'pass',
      said: `${file} has a section for ${version}; ${subjects.length} commits since`,
    };
  },
});
