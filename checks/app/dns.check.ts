import { defineCheck } from '../../src/kit.ts';

export default defineCheck({
  id: 'app.dns',
  title: 'Host name resolves',
  runbook: 'ENV-04',
  gates: ['preflight'],
  needs: ['web'],
  probe: ({ web }, { env }) => web.addresses(env),
  judge: ({ host, addresses, tookMs }) =>
    addresses.length > 0
      ? {
          outcome: 'pass',
          said: `${host} has ${addresses.length} address${addresses.length === 1 ? '' : 'es'}, ${Math.round(tookMs)} ms`,
        }
      : { outcome: 'fail', said: `${host} has no address`, remedy: 'Repair the DNS record.' },
});
