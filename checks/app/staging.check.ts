import { isSameBuild } from '../../src/domain/same-build.ts';
import { bareVersion, releaseOf } from '../../src/domain/version.ts';
import { defineCheck } from '../../src/kit.ts';
import { readLive, type Seen } from './read-live.ts';

/** A candidate may carry its number. */
const numberOf = (version: string): string => releaseOf(bareVersion(version));

const sayBuild = ({ version, commit }: { readonly version: string; readonly commit?: string }): string =>
  commit ? `${bareVersion(version)} @ ${commit.slice(0, 7)}` : bareVersion(version);

/** HTTP 200 proves that something runs on staging, not that it is what will be released (E-78). */
export default defineCheck<'host', Seen>({
  id: 'app.staging',
  title: 'Staging is healthy and runs the candidate',
  runbook: ['PRE-16', 'NG-04', 'HOP-13'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['host'],
  absent: ({ env, release, runbook }) => {
    if (release === undefined) return 'no release is named';
    if (env === 'staging') return 'this is staging';
    return runbook.environments.staging === undefined ? 'there is no environment staging' : undefined;
  },
  probe: ({ host }) => readLive(host, 'staging'),
  judge: (seen, { release }) => {
    if ('down' in seen)
      return {
        outcome: 'fail',
        said: seen.down,
        remedy: 'Start staging: what nobody can test is not released.',
      };
    const { live } = seen;
    const wanted = { version: numberOf(release?.version ?? ''), commit: release?.commit ?? '' };
    const said = `staging runs ${sayBuild(live)}`;
    // A version that is live was tested before; staging may carry the next one.
    if (release?.from === release?.version) return { outcome: 'pass', said };
    if (!isSameBuild({ ...live, version: numberOf(live.version) }, wanted))
      return {
        outcome: 'fail',
        said: `${said}, the release is ${sayBuild(wanted)}`,
        remedy: `Try it out there: release deploy ${release?.version ?? ''} --env staging`,
      };
    if (live.status !== undefined && !['ok', 'healthy'].includes(live.status))
      return { outcome: 'fail', said: `staging says ${live.status}`, remedy: 'Look at its logs.' };
    return live.commit
      ? { outcome: 'pass', said }
      : {
          outcome: 'warn',
          said: `${said}; it does not say its commit`,
          remedy: 'Let health tell the commit.',
        };
  },
});
