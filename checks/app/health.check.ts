import { defineCheck, type Facts } from '../../src/kit.ts';
import { readLive, type Seen } from './read-live.ts';

/** Inside a run that has proven its version live, that one; before it the one that the release starts from. */
function findWanted(facts: Facts, from: string | undefined): string {
  const proven = facts['prove-live']?.version;
  return typeof proven === 'string' ? `v${proven}` : (from ?? '');
}

/** That something answers, and that it is what should be live. */
export default defineCheck<'host', Seen>({
  id: 'app.health',
  title: 'Application answers its health endpoint',
  runbook: ['ENV-02', 'ENV-11', 'DAY-06', 'DAY-31', 'HOP-16', 'HOP-21'],
  gates: ['preflight', 'post-deploy', 'rollback-verify'],
  releaseOnly: true,
  needs: ['host'],
  probe: ({ host }, { env }) => readLive(host, env),
  judge: (seen, { release, facts }) => {
    if ('down' in seen)
      return {
        outcome: 'fail',
        said: seen.down,
        remedy: 'Start the application, or look at the host’s status page.',
      };
    const { version, latencyMs, maintenance } = seen.live;
    const said = `${version} answered in ${Math.round(latencyMs)} ms`;
    if (maintenance === true)
      return {
        outcome: 'warn',
        said: `${said}, in maintenance mode`,
        remedy: 'Is another run at work? release status',
      };
    const wanted = findWanted(facts, release?.from);
    if (wanted !== '' && wanted !== `v${version}`) {
      return {
        outcome: 'fail',
        said: `${said}, but ${wanted} should be live`,
        remedy: 'Find out who published it; release status',
      };
    }
    return { outcome: 'pass', said };
  },
});
