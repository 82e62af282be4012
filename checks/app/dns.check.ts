import { defineCheck } from '../../src/kit.ts';

/** Of every environment: a release is tested on one and published on another. */
export default defineCheck({
  id: 'app.dns',
  title: 'Host names resolve',
  runbook: ['ENV-04', 'HOP-16'],
  gates: ['preflight'],
  needs: ['web'],
  probe: ({ web }, { runbook }) =>
    Promise.all(Object.keys(runbook.environments).map((env) => web.addresses(env))),
  judge: (found) => {
    const lost = found.filter(({ addresses }) => addresses.length === 0).map(({ host }) => host);
    if (found.length === 0 || lost.length > 0)
      return {
        outcome: 'fail',
        said: `${lost.join(', ') || 'no host'} has no address`,
        remedy: 'Repair the DNS record.',
      };
    const said = found.map(
      ({ host, addresses, tookMs }) =>
        `${host} has ${addresses.length} address${addresses.length === 1 ? '' : 'es'}, ${Math.round(tookMs)} ms`,
    );
    return { outcome: 'pass', said: said.join('; ') };
  },
});
