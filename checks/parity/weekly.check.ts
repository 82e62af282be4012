import { sayDuration } from '../../src/domain/duration.ts';
import { defineCheck, ReleaseError } from '../../src/kit.ts';

const WEEK_MS = 7 * 86_400_000;

/** Environments part between releases, not on the day of one; who looks once a week finds it while it is small. */
export default defineCheck({
  id: 'parity.weekly',
  title: 'Parity was compared within a week',
  runbook: ['PAR-01'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: ['app'],
  weight: 'advisory',
  absent: ({ facts, runbook, env }) => {
    if (facts.parity === undefined) return 'asked by release preflight alone';
    return runbook.environments.staging === undefined || env === 'staging'
      ? 'there is no environment to compare with'
      : undefined;
  },
  probe: async (_, { facts }) => {
    const { at, unread } = facts.parity ?? {};
    if (typeof unread !== 'string') return typeof at === 'string' ? at : undefined;
    throw new ReleaseError('E_LEDGER_UNREADABLE', {
      what: unread,
      why: 'When parity was compared stands in the ledger.',
      next: 'release status says what is wrong with it.',
      state: 'untouched',
    });
  },
  judge: (at, { now }) => {
    const remedy = 'release parity, once a week: docs/parity.md has the line for cron.';
    if (at === undefined) return { outcome: 'warn', said: 'release parity was never run', remedy };
    const ageMs = Math.max(0, now.getTime() - Date.parse(at));
    const said = `last release parity ${sayDuration(ageMs)} ago`;
    return ageMs <= WEEK_MS
      ? { outcome: 'pass', said }
      : { outcome: 'warn', said: `${said}, not within 7 days`, remedy };
  },
});
