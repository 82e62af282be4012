import { defineCheck } from '../../src/kit.ts';
import { readLive, type Seen } from './read-live.ts';

/** That something answers, and that it is what should be live. */
export default defineCheck<'host', Seen>({
  id: 'app.health',
  title: 'Application answers its health endpoint',
  runbook: ['ENV-02', 'ENV-11', 'DAY-06', 'HOP-16', 'HOP-21'],
  gates: ['preflight', 'post-deploy', 'rollback-verify'],
  needs: ['host'],
  probe: ({ host }, { env }) => readLive(host, env),
  judge: (seen, { release }) => {
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
    if (release?.from && release.from !== `v${version}`) {
      return {
        outcome: 'fail',
        said: `${said}, but ${release.from} should be live`,
        remedy: 'Find out who published it; release status',
      };
    }
    return { outcome: 'pass', said };
  },
});
