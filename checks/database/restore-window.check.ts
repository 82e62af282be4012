import { defineCheck } from '../../src/kit.ts';

/** Read from the provider: plans differ between six hours and thirty days (E-44). */
export default defineCheck({
  id: 'database.restore-window',
  title: 'A restore reaches far enough back',
  runbook: ['MIG-09', 'HOP-15'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['neon'],
  probe: ({ neon }, { env }) => neon.retentionHours(env),
  judge: (hours, { environment }) => {
    const needed = environment.neon?.minRetentionHours ?? 26;
    const said = `${Math.round(hours)} h (needed ${needed} h)`;
    if (!(hours >= needed))
      return {
        outcome: 'fail',
        said,
        remedy: 'Raise the history retention of the Neon project before the release.',
      };
    return hours < 168
      ? {
          outcome: 'warn',
          said: `${said}, less than the runbook’s 7 days`,
          remedy: 'Raise it when the plan allows.',
        }
      : { outcome: 'pass', said };
  },
});
