import { bareVersion } from '../../src/domain/version.ts';
import { defineCheck } from '../../src/kit.ts';
import type { LiveVersion } from '../../src/services/host/port.ts';

/** `2.1.0` of `2.1.0-rc.2`: a candidate may carry its number. */
const releaseOf = (version: string): string => bareVersion(version).replace(/-rc\.\d+$/, '');

const isSame = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a);

/** HTTP 200 proves that something runs on staging, not that it is what will be released (E-78). */
export default defineCheck<'host', LiveVersion>({
  id: 'app.staging',
  title: 'Staging runs the candidate',
  runbook: ['PRE-16'],
  gates: ['preflight'],
  needs: ['host'],
  absent: ({ env, release, runbook }) => {
    if (release === undefined) return 'no release is named';
    if (env === 'staging') return 'this is staging';
    return runbook.environments.staging === undefined ? 'there is no environment staging' : undefined;
  },
  probe: ({ host }) => host.liveVersion('staging'),
  judge: ({ version, commit, status }, { release }) => {
    const wanted = release?.version ?? '';
    const remedy = `Publish ${release?.branch ?? 'the candidate'} on staging, and let it be tested there.`;
    if (releaseOf(version) !== releaseOf(wanted))
      return { outcome: 'fail', said: `staging runs ${version}, not ${bareVersion(wanted)}`, remedy };
    if (commit !== undefined && release?.commit !== undefined && !isSame(commit, release.commit)) {
      const said = `staging runs ${version} @ ${commit.slice(0, 7)}, the release is ${release.commit.slice(0, 7)}`;
      return { outcome: 'fail', said, remedy };
    }
    if (status !== undefined && !['ok', 'healthy'].includes(status))
      return { outcome: 'fail', said: `staging says ${status}`, remedy: 'Look at its logs.' };
    return { outcome: 'pass', said: `staging runs ${version}` };
  },
});
