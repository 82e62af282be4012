import { defineCheck } from '../../src/kit.ts';

const DAY = 86_400_000;

/** Chain, host name and days left; a date that nobody compares proves nothing (E-61). */
export default defineCheck({
  id: 'app.tls',
  title: 'TLS certificate valid for long enough',
  runbook: ['ENV-03', 'HOP-16'],
  gates: ['preflight'],
  needs: ['web'],
  probe: ({ web }, { env }) => web.certificate(env),
  judge: (certificate, { now, thresholds, runbook }) => {
    if (certificate === undefined) {
      return runbook.sandbox
        ? { outcome: 'skip', said: 'the sandbox speaks plain http on loopback' }
        : { outcome: 'fail', said: 'the address is plain http', remedy: 'Serve the application over https.' };
    }
    const days = Math.floor((Date.parse(certificate.validTo) - now.getTime()) / DAY);
    if (certificate.problem)
      return { outcome: 'fail', said: certificate.problem, remedy: 'Renew or repair the certificate.' };
    const said = `${days} days left`;
    if (Number.isNaN(days))
      return { outcome: 'fail', said: `the certificate names no end (${certificate.validTo})` };
    if (days <= thresholds.tls.failDays)
      return { outcome: 'fail', said, remedy: 'Renew the certificate now.' };
    return days <= thresholds.tls.warnDays
      ? { outcome: 'warn', said, remedy: 'Renew the certificate soon.' }
      : { outcome: 'pass', said };
  },
});
