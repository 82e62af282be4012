import { dateAt, daysBetween } from '../../src/domain/calendar/dates.ts';
import { plural } from '../../src/domain/plural.ts';
import { defineCheck } from '../../src/kit.ts';

/** A runbook that nobody has read for long describes another system (E-114). */
export default defineCheck({
  id: 'people.runbook-reviewed',
  title: 'Runbook reviewed when it was due',
  runbook: 'DOC-04',
  gates: ['preflight'],
  releaseOnly: true,
  needs: [],
  weight: 'advisory',
  absent: ({ runbook }) => (runbook.document ? undefined : 'no document is configured'),
  probe: async (_services, { now }) => ({ at: now }),
  judge: ({ at }, { runbook: { document, timezone } }) => {
    if (document === undefined) return { outcome: 'skip', said: 'no document is configured' };
    const late = daysBetween(document.nextReview, dateAt(at.getTime(), timezone));
    if (late <= 0) return { outcome: 'pass', said: `next review on ${document.nextReview}` };
    return {
      outcome: 'warn',
      said: `the review of ${document.nextReview} is overdue by ${plural(late, 'day')}`,
      about: document.nextReview,
      remedy: `Let ${document.owner} review it, then write the next day into document.nextReview.`,
    };
  },
});
