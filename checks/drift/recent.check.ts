import { sayDuration } from '../../src/domain/duration.ts';
import { defineCheck, driftRecord, whyNoDrift } from '../../src/kit.ts';

const HOUR_MS = 3_600_000;

/** A daily question that nobody asks any more is silent like one that finds nothing. */
export default defineCheck({
  id: 'drift.recent',
  title: 'Drift was looked for within a day',
  runbook: ['DRF-01'],
  gates: ['preflight'],
  releaseOnly: true,
  needs: [],
  weight: 'advisory',
  absent: whyNoDrift,
  probe: async (_, scope) => driftRecord(scope).last?.at,
  judge: (at, { now, runbook }) => {
    const { maxAgeHours } = runbook.drift;
    const remedy = 'release drift --notify, once a day: docs/drift.md has the lines for cron and CI.';
    if (at === undefined) return { outcome: 'warn', said: 'release drift was never run', remedy };
    const ageMs = Math.max(0, now.getTime() - Date.parse(at));
    const said = `last release drift ${sayDuration(ageMs)} ago`;
    if (ageMs <= maxAgeHours * HOUR_MS) return { outcome: 'pass', said };
    return { outcome: 'warn', said: `${said}, not within ${maxAgeHours} h`, remedy };
  },
});
