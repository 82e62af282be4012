import { findCiGap, judgeCi, sumCi } from '../../src/domain/weigh-ci.ts';
import { defineCheck, ReleaseError } from '../../src/kit.ts';
import { needSettings } from '../need-settings.ts';

const noCommit = (): ReleaseError =>
  new ReleaseError('E_CANDIDATE_UNKNOWN', {
    what: 'The commit of the candidate is not known, so its checks cannot be asked for.',
    next: 'Name the version, and make sure that its branch can be read.',
    state: 'untouched',
  });

const gap = (why: string, commit: string): ReleaseError =>
  new ReleaseError('E_EVIDENCE_GAP', {
    what: `The pipeline does not answer for ${commit.slice(0, 7)}: ${why}.`,
    next: 'Wait until it has ended, or start it on this commit: gh run list --commit <id>',
    state: 'untouched',
  });

/** Statuses and check runs both: a pipeline writes one or the other. What has not ended proves nothing. */
export default defineCheck({
  id: 'source.ci-status',
  title: 'Pipeline succeeded on the candidate',
  runbook: 'PRE-08',
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['github'],
  absent: ({ runbook, release }) => {
    if (runbook.evidence?.ci === undefined) return 'evidence.ci is not configured';
    return release ? undefined : 'no version was named';
  },
  probe: async ({ github }, { runbook, release }) => {
    if (release?.commit === undefined) throw noCommit();
    const sum = sumCi(await github.commitChecks(release.commit), needSettings(runbook, 'ci'));
    const missing = findCiGap(sum);
    if (missing !== undefined) throw gap(missing, release.commit);
    return sum;
  },
  judge: (sum) => judgeCi(sum),
});
